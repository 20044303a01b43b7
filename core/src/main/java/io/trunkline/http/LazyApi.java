package io.trunkline.http;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An interface whose reading waits for its first call: reading is most of what opening a connection would cost. */
final class LazyApi implements InvocationHandler {

    private final Lazily<InvocationHandler> made;

    private LazyApi(Supplier<?> maker) {
        this.made = new Lazily<>(() -> Proxy.getInvocationHandler(maker.get()));
    }

    static <T> T of(Class<T> type, Supplier<T> maker) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new LazyApi(maker)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return made.get().invoke(proxy, method, arguments);
    }
}
