package io.trunkline.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Which addresses belong to the open internet. The JDK's own tests miss carrier-grade NAT, unique local and NAT64. */
final class PublicAddresses {

    private record Range(int[] first, int bits) {

        boolean holds(byte[] address) {
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if ((address[i] & 0xff) != first[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] & 0xff) >> (8 - rest)) == (first[whole] >> (8 - rest));
        }
    }

    private static final List<Range> CLOSED_4 = List.of(
            v4(8, 0),
            v4(8, 10),
            v4(10, 100, 64),
            v4(8, 127),
            v4(16, 169, 254),
            v4(12, 172, 16),
            v4(24, 192, 0, 0),
            v4(24, 192, 0, 2),
            v4(16, 192, 168),
            v4(15, 198, 18),
            v4(24, 198, 51, 100),
            v4(24, 203, 0, 113),
            v4(3, 224));

    /** Of the sixth version only 2000::/3 is in public use, and of that not documentation, 6to4 or Teredo. */
    private static final Range OPEN_6 = new Range(new int[] {0x20}, 3);

    private static final List<Range> CLOSED_6 = List.of(
            new Range(new int[] {0x20, 0x01, 0x0d, 0xb8}, 32),
            new Range(new int[] {0x20, 0x01, 0x00, 0x00}, 32),
            new Range(new int[] {0x20, 0x02}, 16));

    private PublicAddresses() {}

    static boolean open(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return CLOSED_4.stream().noneMatch(range -> range.holds(bytes));
        }
        return OPEN_6.holds(bytes) && CLOSED_6.stream().noneMatch(range -> range.holds(bytes));
    }

    private static Range v4(int bits, int... first) {
        return new Range(Arrays.copyOf(first, 4), bits);
    }
}
