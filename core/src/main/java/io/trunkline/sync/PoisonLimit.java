package io.trunkline.sync;

/**
 * How many records a run may put aside before it ends, because then something else is wrong than the records.
 *
 * @param most how many in a run
 * @param percent how many of a hundred, once a thousand were read
 */
public record PoisonLimit(int most, int percent) {

    /** A hundred records, or one of a hundred. */
    public static final PoisonLimit STANDARD = new PoisonLimit(100, 1);

    private static final int ENOUGH_TO_JUDGE = 1000;

    /** Whether it is passed. */
    boolean passed(long aside, long read) {
        return aside > most || (read >= ENOUGH_TO_JUDGE && aside * 100 > read * percent);
    }
}
