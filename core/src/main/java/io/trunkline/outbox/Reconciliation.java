package io.trunkline.outbox;

/** What the platform, or a person, says of a write whose end was not known. */
public sealed interface Reconciliation {

    /** It was made: the platform's id of it, empty if there is none. */
    record Done(String platformId) implements Reconciliation {}

    /** It was not made, or making it again changes nothing. */
    record NotDone() implements Reconciliation {}

    /** Nobody can say; the reason is for the person who must look, and holds nothing personal. */
    record CannotTell(String reason) implements Reconciliation {}
}
