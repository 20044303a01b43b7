package io.trunkline.testkit;

/** What is wrong with a {@link MiniConnector}: one rule of the contracts broken, and no other. */
enum Flaw {
    NONE,
    NO_HELP,
    ASKS_WHEN_OPENED,
    SWALLOWS_ERRORS,
    LOGS_CONTENT,
    DECLARED_NOT_DONE,
    UNDECLARED_SENDS,
    ANSWERS_FROM_MEMORY,
    FORGETS_FIELD,
    UNCHECKED_INPUT,
    WIPES_OTHER_FIELDS,
    IGNORES_VERSION,
    GIVES_TOO_MUCH,
    REPEATS_WHAT_MAY_HAVE_HAPPENED,
    OPENS_AGAIN,
    INVENTS_WHAT_IS_NOT_THERE,
    FIRST_OF_SEVERAL,
    SKIPS_TIES,
    LOSES_TIES_WHEN_RESUMED,
    PAGES_BY_OFFSET,
    GIVES_TWICE,
    TAKES_ANY_CURSOR,
    NO_DELETIONS,
    OUTSIDE_OF_WHAT_WAS_ALLOWED,
    LOSES_PIECES,
    TWICE_FINAL,
    TALKS_AFTER_CLOSE,
    NOT_VERIFIED,
    BODY_NOT_SIGNED,
    TAKES_TWO_SIGNATURES,
    OTHER_IDS_EACH_TIME,
    WRONG_ACKNOWLEDGEMENT,
    HANDSHAKE_FOR_ALL,
    LOSES_MAIL;

    /** The flaw of the connectors opened next. */
    static volatile Flaw now = NONE;

    boolean here() {
        return now == this;
    }
}
