package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.trunkline.checks.AttemptLedger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contracts pass a good connector, and the test that a rule is named for fails one that breaks it. */
@Timeout(240)
final class BrokenConnectorsTest {

    /** What the runs inside have planted and counted is not this test's own. */
    @AfterEach
    void forget() {
        Flaw.now = Flaw.NONE;
        AttemptLedger.shared().clear();
    }

    static Stream<Class<?>> contracts() {
        return Stream.of(Subjects.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().startsWith("Of"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void contract_goodConnector_passesWhole(Class<?> contract) {
        Events tests = run(selectClass(contract));

        assertEquals(List.of(), failures(tests));
        assertTrue(
                tests.succeeded().count() >= 5,
                () -> "only " + tests.succeeded().count() + " tests ran");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_HELP, OfSchema, descriptor_settings_haveHelpAndNoSecretDefault",
        "ASKS_WHEN_OPENED, OfSchema, open_goodSettings_asksNobody",
        "SWALLOWS_ERRORS, OfSchema, verify_credentialRefused_isAnAuthenticationError",
        "SWALLOWS_ERRORS, OfSchema, verify_throttledForAnHour_saysWhenToRetryAndDoesNotWait",
        "SWALLOWS_ERRORS, OfSchema, verify_throttledInEveryForm_isBelievedOnlyWhereItCanBe",
        "SWALLOWS_ERRORS, OfSchema, verify_webPageWithStatus200_isAnErrorNotAnAnswer",
        "SWALLOWS_ERRORS, OfSchema, verify_silentPlatform_endsAtTheDeadline",
        "DECLARED_NOT_DONE, OfTickets, tickets_declaredCapabilities_workAndOthersThrowFirst",
        "UNDECLARED_SENDS, OfTickets, tickets_declaredCapabilities_workAndOthersThrowFirst",
        "ANSWERS_FROM_MEMORY, OfTickets, tickets_declaredCapabilities_workAndOthersThrowFirst",
        "SWALLOWS_ERRORS, OfTickets, tickets_platformFails_areTypedErrors",
        "SWALLOWS_ERRORS, OfTickets, tickets_platformSilent_endAtTheDeadline",
        "FORGETS_FIELD, OfTickets, createThenGet_ticket_comesBackAsItWasWritten",
        "LOGS_CONTENT, OfTickets, createThenGet_ticket_comesBackAsItWasWritten",
        "UNCHECKED_INPUT, OfTickets, get_unknownForeignOrHostileReference_isEmptyOrRefusedUnsent",
        "WIPES_OTHER_FIELDS, OfTickets, update_oneField_leavesTheOthers",
        "IGNORES_VERSION, OfTickets, update_versionOfSomebodySlower_isAConflictAndChangesNothing",
        "GIVES_TOO_MUCH, OfTickets, openTicketsOf_openAndDone_givesTheOpenOnes",
        "FORGETS_FIELD, OfTickets, comments_publicAndPrivate_areKeptApartAndInOrder",
        "REPEATS_WHAT_MAY_HAVE_HAPPENED, OfTickets, create_connectionDiesAfterwards_isOneTicketOrUnknown",
        "FORGETS_FIELD, OfContacts, createGetFind_samePerson_comesBackAsItWas",
        "LOGS_CONTENT, OfContacts, createGetFind_samePerson_comesBackAsItWas",
        "FIRST_OF_SEVERAL, OfContacts, findByPhone_nobodyAndTwo_areToldApart",
        "GIVES_TOO_MUCH, OfContacts, findAndSearch_injectionTexts_areSafeOrRefused",
        "REPEATS_WHAT_MAY_HAVE_HAPPENED, OfContacts, create_connectionDiesAfterwards_isUnknownAndNotRepeated",
        "SWALLOWS_ERRORS, OfContacts, contacts_platformFails_areTypedErrors",
        "SWALLOWS_ERRORS, OfContacts, contacts_platformSilent_endAtTheDeadline",
        "LOGS_CONTENT, OfSms, send_goodMessage_isAcceptedOnceAndPrintsNothing",
        "REPEATS_WHAT_MAY_HAVE_HAPPENED, OfSms, send_connectionDiesAfterwards_isUnknownAndReconciledNotRepeated",
        "INVENTS_WHAT_IS_NOT_THERE, OfSms, send_platformSilent_isUnknownAtTheDeadline",
        "OPENS_AGAIN, OfSms, send_sameReferenceTwice_isOneMessage",
        "SWALLOWS_ERRORS, OfSms, send_throttledForLong_isRejectedAndProvablyUnsent",
        "OPENS_AGAIN, OfCalls, open_twice_isOneRecord",
        "OPENS_AGAIN, OfCalls, open_byManyAtOnce_isOneRecord",
        "OPENS_AGAIN, OfCalls, open_outcomeUnknown_openingAgainMakesNoSecondRecord",
        "FORGETS_FIELD, OfCalls, complete_updatedCall_isOver",
        "INVENTS_WHAT_IS_NOT_THERE, OfCalls, updateCompleteGet_callNeverOpened_isNotFound",
        "GIVES_TOO_MUCH, OfCalls, get_interactionIdsThatInject_findNobodyElsesCall",
        "UNCHECKED_INPUT, OfCalls, get_interactionIdsThatInject_findNobodyElsesCall",
        "FORGETS_FIELD, OfAccounts, createThenGet_company_comesBackAsItWasWritten",
        "UNCHECKED_INPUT, OfAccounts, createThenGet_company_comesBackAsItWasWritten",
        "UNCHECKED_INPUT, OfAccounts, get_unknownForeignOrHostileReference_isEmptyOrRefusedUnsent",
        "SWALLOWS_ERRORS, OfAccounts, accounts_platformFails_areTypedErrors",
        "SWALLOWS_ERRORS, OfAccounts, accounts_platformSilent_endAtTheDeadline",
        "FIRST_OF_SEVERAL, OfAccounts, findByPhone_nobodyOneAndTwo_areToldApart",
        "REPEATS_WHAT_MAY_HAVE_HAPPENED, OfAccounts, create_connectionDiesAfterwards_isUnknownAndNotRepeated",
        "GIVES_TWICE, OfSchema, fields_knownType_areNamedOnceAndDescribed",
        "INVENTS_WHAT_IS_NOT_THERE, OfSchema, fields_unknownType_isNotFound",
        "UNCHECKED_INPUT, OfSchema, fields_typeThatWouldLeadElsewhere_isRefusedUnsent",
        "SKIPS_TIES, OfChanges, read_resumedFromEveryPage_givesTheSameSet",
        "SKIPS_TIES, OfChanges, read_thousandsAtOneTime_areGivenOnceEach",
        "SKIPS_TIES, OfChanges, read_sameCursorTwice_givesAtLeastTheSame",
        "SKIPS_TIES, OfChanges, sync_transformRefusesARecord_putsItAsideAndHoldsNobodyUp",
        "LOSES_TIES_WHEN_RESUMED, OfChanges, read_resumedFromEveryPage_givesTheSameSet",
        "LOSES_TIES_WHEN_RESUMED, OfChanges, read_thousandsAtOneTime_areGivenOnceEach",
        "PAGES_BY_OFFSET, OfChanges, read_recordsMoveMeanwhile_skipsNoneAndTellsTheirLastStates",
        "PAGES_BY_OFFSET, OfChanges, sync_sinkRefusesARecord_putsItAsideAndHoldsNobodyUp",
        "GIVES_TWICE, OfChanges, read_resumedFromEveryPage_givesTheSameSet",
        "NO_DELETIONS, OfChanges, read_deletedRecord_isTold",
        "UNCHECKED_INPUT, OfChanges, read_unknownTypeOrLimit_isRefusedUnsent",
        "TAKES_ANY_CURSOR, OfChanges, read_cursorOfNobodyOrOfAnotherFeed_isRefusedUnsent",
        "TAKES_ANY_CURSOR, OfChanges, read_cursorInTheFuture_isRefusedUnsent"
    })
    void contract_overHttpRuleBroken_itsTestFails(Flaw flaw, String contract, String test) {
        assertCaught(flaw, contract, test);
    }

    @ParameterizedTest
    @CsvSource({
        "LOGS_CONTENT, OfLanguage, sentiment_conversation_liesInItsRangesAndSaysWhereFrom",
        "UNCHECKED_INPUT, OfLanguage, sentiment_conversation_liesInItsRangesAndSaysWhereFrom",
        "OUTSIDE_OF_WHAT_WAS_ALLOWED, OfLanguage, intent_text_isACandidateOrNone",
        "INVENTS_WHAT_IS_NOT_THERE, OfLanguage, entities_text_standInItAndAreOfTheTypes",
        "LOSES_PIECES, OfLanguage, summarise_wholeAndInPieces_saysSomething",
        "SWALLOWS_ERRORS, OfLanguage, summarise_listenerFails_passesItOn",
        "OUTSIDE_OF_WHAT_WAS_ALLOWED, OfLanguage, disposition_conversation_isOneOfTheCodes",
        "OUTSIDE_OF_WHAT_WAS_ALLOWED, OfLanguage, detectLanguage_text_isACode",
        "UNCHECKED_INPUT, OfSpeech, transcribe_badRecording_isRefusedUnsent",
        "TWICE_FINAL, OfSpeech, stream_speech_isFinalOnceAndEndsWhenAsked",
        "TALKS_AFTER_CLOSE, OfSpeech, stream_closedEarly_tellsNothingMore",
        "LOGS_CONTENT, OfEmail, sendThenFetch_everyPart_comesBackAsItWas",
        "LOSES_MAIL, OfEmail, fetch_resumedFromEveryCursor_losesNothingAndGivesNothingTwice",
        "FIRST_OF_SEVERAL, OfEmail, send_toOneWhoIsNotThere_doesNotHoldUpTheOthers",
        "UNCHECKED_INPUT, OfEmail, fetch_badLimitOrCursor_isRefusedUnsent",
        "UNCHECKED_INPUT, OfEmail, markSeen_mailThatIsNotThere_doesNothing",
        "INVENTS_WHAT_IS_NOT_THERE, OfEmail, fetch_folderThatIsNotThere_isATypedError",
        "SWALLOWS_ERRORS, OfEmail, email_platformSilent_readingEndsAtTheDeadline",
        "SWALLOWS_ERRORS, OfEmail, send_platformSilent_endsUnsentOrUnknown",
        "SWALLOWS_ERRORS, OfEmail, send_platformGone_isATypedErrorAndPrintsNothing",
        "TALKS_AFTER_CLOSE, OfEmail, close_twice_isQuietAndNothingIsAskedAfterwards",
        "TALKS_AFTER_CLOSE, OfEmail, watch_mailThatComesLater_isGivenOnceUntilClosed",
        "NOT_VERIFIED, OfWebhooks, receive_proofForged_isRefusedWith401AndNotStored",
        "BODY_NOT_SIGNED, OfWebhooks, receive_bodyForged_isRefusedWith401OrSaysTheSame",
        "BODY_NOT_SIGNED, OfWebhooks, receive_proofOfAnotherWebhook_isRefused",
        "TAKES_TWO_SIGNATURES, OfWebhooks, receive_proofForged_isRefusedWith401AndNotStored",
        "OTHER_IDS_EACH_TIME, OfWebhooks, decode_sameRequestTwice_givesTheSameEvents",
        "OTHER_IDS_EACH_TIME, OfWebhooks, X40_receive_duplicate_isAcknowledgedAndHandledOnce",
        "OTHER_IDS_EACH_TIME, OfWebhooks, X40_receive_duplicatesAtOnce_areHandledOnce",
        "WRONG_ACKNOWLEDGEMENT, OfWebhooks, receive_genuine_isStoredAcknowledgedAndHandled",
        "HANDSHAKE_FOR_ALL, OfWebhooks, receive_handshake_isAnsweredNotStored",
        "UNCHECKED_INPUT, OfRouter, route_skillsAndLanguage_areNeverMissing",
        "GIVES_TOO_MUCH, OfRouter, route_nobodyWhoCanIsFree_isNobodyAndSaysWhy",
        "FORGETS_FIELD, OfRouter, route_severalWhoCan_areRankedWithReasonsAndTheFirstIsChosen",
        "SWALLOWS_ERRORS, OfRouter, route_intentAndSentimentUnknown_decidesAndSaysThatItIsDegraded"
    })
    void contract_inProcessRuleBroken_itsTestFails(Flaw flaw, String contract, String test) {
        assertCaught(flaw, contract, test);
    }

    private static void assertCaught(Flaw flaw, String contract, String test) {
        Class<?> subject = contracts()
                .filter(type -> type.getSimpleName().equals(contract))
                .findFirst()
                .orElseThrow();
        Flaw.now = flaw;

        Events tests = run(selectMethod(subject, test));

        assertEquals(1, tests.started().count());
        assertEquals(1, tests.failed().count(), () -> test + " did not catch " + flaw);
    }

    private static Events run(DiscoverySelector what) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .selectors(what)
                .execute()
                .testEvents();
    }

    private static List<String> failures(Events tests) {
        return tests.failed().map(Event::toString).toList();
    }
}
