package io.trunkline.store;

import java.time.Duration;

/**
 * A lease that is kept under another name.
 *
 * @param name what is held
 * @param lease what holds it
 */
record NamedLease(String name, Lease lease) implements Lease {

    @Override
    public long token() {
        return lease.token();
    }

    @Override
    public boolean held() {
        return lease.held();
    }

    @Override
    public boolean renew(Duration time) {
        return lease.renew(time);
    }

    @Override
    public void close() {
        lease.close();
    }
}
