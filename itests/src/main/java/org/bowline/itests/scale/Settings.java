package org.bowline.itests.scale;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Hands settings to a component as the annotation type it asks for, with that type's defaults. */
final class Settings {
    private Settings() {}

    static Object as(Class<?> type, Map<String, Object> settings) {
        InvocationHandler answer =
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "annotationType" -> type;
                            case "toString" -> type.getSimpleName() + settings;
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
                            default -> value(method, settings);
                        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer);
    }

    /** One underscore stands for a dot in the name of a setting. */
    private static Object value(Method method, Map<String, Object> settings) {
        Object set = settings.get(method.getName().replace('_', '.'));
        Object value = set == null ? method.getDefaultValue() : set;
        if (value instanceof Number number) {
            return method.getReturnType() == int.class
                    ? (Object) number.intValue()
                    : (Object) number.longValue();
        }
        return Objects.requireNonNull(value, () -> "setting " + method.getName());
    }
}
