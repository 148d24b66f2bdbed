package com.redhat.cloud.exports;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * SIGTERM is the usual end of this service and no failure: it exits with 0, after everything that an exit does. The JVM
 * itself would exit with 143. Signals are known to {@code sun.misc} alone, which every JDK has and its compiler warns of;
 * hence the reflection.
 */
final class EndSignal {

    private EndSignal() {}

    static void exitsWithZero() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle exit = MethodHandles.lookup()
                    .findStatic(System.class, "exit", MethodType.methodType(void.class, int.class));
            MethodHandle exitWithZero =
                    MethodHandles.dropArguments(MethodHandles.insertArguments(exit, 0, 0), 0, signal);
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("TERM"),
                            MethodHandleProxies.asInterfaceInstance(handler, exitWithZero));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM knows no signals", e);
        }
    }
}
