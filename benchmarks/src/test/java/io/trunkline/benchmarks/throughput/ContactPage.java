package io.trunkline.benchmarks.throughput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A page of contacts as the platform writes it: about half a kilobyte each, some fields null, some names not in ASCII. Made
 * once for each size; each page is a copy with the contacts' numbers and times written over.
 */
final class ContactPage {

    private static final String CONTACT = """
            {"attributes":{"type":"Contact","url":"/services/data/v66.0/sobjects/Contact/00300000#######AAA"},\
            "Id":"00300000#######AAA","Name":"NAME Number #######","FirstName":"NAME","LastName":"Number #######",\
            "Phone":"+4930#######","MobilePhone":MOBILE,"HomePhone":null,"OtherPhone":null,"Fax":null,\
            "Email":"contact.#######@customers.example.com","AccountId":"00100000#######AAA",\
            "OwnerId":"005000000000001AAA","CreatedDate":"2023-05-01T09:@@@@@.000+0000",\
            "SystemModstamp":"2024-01-01T00:@@@@@.000+0000","IsDeleted":false,"MasterRecordId":null}""";
    private static final String[] NAMES = {"Ada", "M\u00fcller \\\"Jo\\\"", "\u5f20\u4f1f", "Ren\u00e9e"};
    private static final Map<Integer, byte[]> MADE = new ConcurrentHashMap<>();

    private ContactPage() {}

    static byte[] of(int first, int contacts) {
        byte[] made = MADE.computeIfAbsent(contacts, ContactPage::template);
        byte[] page = made.clone();
        int contact = first - 1;
        for (int place = 0; place < made.length; place++) {
            if (made[place] == '{' && place > 20 && made[place + 2] == 'a') {
                contact++;
            } else if (made[place] == '#') {
                number(page, place, contact);
                place += 6;
            } else if (made[place] == '@') {
                time(page, place, contact / 1_000);
                place += 4;
            }
        }
        return page;
    }

    private static byte[] template(int contacts) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes("{\"totalSize\":1000000,\"done\":true,\"records\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < contacts; i++) {
            String mobile = i % 3 == 0 ? "null" : "\"+49171#######\"";
            String contact = CONTACT.replace("NAME", NAMES[i % NAMES.length]).replace("MOBILE", mobile);
            page.writeBytes((i == 0 ? contact : "," + contact).getBytes(StandardCharsets.UTF_8));
        }
        page.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return page.toByteArray();
    }

    private static void number(byte[] page, int place, int number) {
        int rest = number;
        for (int i = place + 6; i >= place; i--) {
            page[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Minutes and seconds. */
    private static void time(byte[] page, int place, int seconds) {
        int minute = seconds / 60 % 60;
        int second = seconds % 60;
        byte[] text = {digit(minute / 10), digit(minute % 10), ':', digit(second / 10), digit(second % 10)};
        System.arraycopy(text, 0, page, place, text.length);
    }

    private static byte digit(int value) {
        return (byte) ('0' + value);
    }
}
