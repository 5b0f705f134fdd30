package org.bowline.itests.scale;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** As much of a framework as the rooms ask for, on top of a {@link Wiring}. */
final class HostContext {
    private static final Version VERSION = new Version(0, 1, 0);

    private HostContext() {}

    static BundleContext of(Map<String, String> properties, Wiring wiring) {
        Bundle bundle =
                proxy(
                        Bundle.class,
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "getVersion" -> VERSION;
                                    case "getSymbolicName" -> "org.bowline";
                                    default -> throw unknown(method.getName());
                                });
        return proxy(
                BundleContext.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "getProperty" -> properties.get((String) arguments[0]);
                            case "getBundle" -> bundle;
                            case "registerService" ->
                                    registration(wiring, arguments[0], arguments[1]);
                            default -> throw unknown(method.getName());
                        });
    }

    private static Object registration(Wiring wiring, Object type, Object service)
            throws IOException {
        wiring.offer(type instanceof Class<?> known ? known.getName() : (String) type, service);
        wiring.start();
        return proxy(
                ServiceRegistration.class,
                (self, method, arguments) -> {
                    wiring.withdraw(service);
                    return null;
                });
    }

    /** Configuration Admin that hands what it is told to the wiring. */
    static Object settingsOf(Wiring wiring) {
        return proxy(
                ConfigurationAdmin.class,
                (self, method, arguments) -> configuration(wiring, (String) arguments[0]));
    }

    private static Configuration configuration(Wiring wiring, String pid) {
        return proxy(
                Configuration.class,
                (self, method, arguments) -> {
                    if (!method.getName().startsWith("update")) {
                        throw unknown(method.getName());
                    }
                    Dictionary<?, ?> told = (Dictionary<?, ?>) arguments[0];
                    Map<String, Object> values = new HashMap<>();
                    for (Object key : Collections.list(told.keys())) {
                        values.put((String) key, told.get(key));
                    }
                    wiring.configure(pid, values);
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }

    private static UnsupportedOperationException unknown(String method) {
        return new UnsupportedOperationException("no room asked for " + method + " so far");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        HostContext.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
