package io.trunkline.http;

import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A call that is nothing but its request: Retrofit builds requests for the library and sends none itself. */
record RequestOnly(Request request) implements Call {

    @Override
    public Response execute() {
        throw sendsNothing();
    }

    @Override
    public void enqueue(Callback callback) {
        throw sendsNothing();
    }

    @Override
    public void cancel() {}

    @Override
    public boolean isExecuted() {
        return false;
    }

    @Override
    public boolean isCanceled() {
        return false;
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public Call clone() {
        return this;
    }

    @Override
    public <T> @Nullable T tag(KClass<T> type) {
        return null;
    }

    @Override
    public <T> @Nullable T tag(Class<? extends T> type) {
        return null;
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> value) {
        return value.invoke();
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> value) {
        return value.invoke();
    }

    @Override
    public void addEventListener(EventListener listener) {
        throw sendsNothing();
    }

    private static UnsupportedOperationException sendsNothing() {
        return new UnsupportedOperationException("requests are sent by the library's own pipeline");
    }
}
