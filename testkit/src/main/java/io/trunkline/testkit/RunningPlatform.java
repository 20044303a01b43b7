package io.trunkline.testkit;

/** What a connector talks to while its contract runs, over whatever wire. */
public interface RunningPlatform extends AutoCloseable {

    /** How often it was asked; connections count where a wire has no single requests. */
    int count();

    /** From now on it takes what comes and answers nothing. */
    void silence();

    /** Whether there is anybody to ask; false for connectors that do their work in this process. */
    default boolean remote() {
        return true;
    }

    @Override
    void close();

    /** Nobody: the connector does its work in this process. */
    static RunningPlatform none() {
        return new RunningPlatform() {
            @Override
            public int count() {
                return 0;
            }

            @Override
            public void silence() {
                throw new IllegalStateException("there is nobody to fall silent");
            }

            @Override
            public boolean remote() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
