package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.platforms.FakeSalesforce;
import java.util.List;

/** Judges everything that a contract has made the connector and the fake org say, where the description is at hand. */
final class SalesforceJudge {

    private SalesforceJudge() {}

    static void judge(FakeSalesforce org) {
        SpecJudge.load("salesforce-rest.json", "")
                .ifPresent(judge -> assertEquals(List.of(), judge.problems(org.dataExchanges())));
    }
}
