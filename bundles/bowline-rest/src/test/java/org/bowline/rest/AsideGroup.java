package org.bowline.rest;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;

/** A group that has set something aside; all else it leaves to another. */
final class AsideGroup {
    final List<Aside> asides = new CopyOnWriteArrayList<>();
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    final Group group;

    AsideGroup(Group other) {
        InvocationHandler handler =
                (self, method, args) -> {
                    try {
                        return switch (method.getName()) {
                            case "aside" -> List.copyOf(asides);
                            case "dropAside" -> drop((String) args[0]);
                            case "watch" -> watch((Runnable) args[0]);
                            default -> method.invoke(other, args);
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        group =
                (Group)
                        Proxy.newProxyInstance(
                                Group.class.getClassLoader(),
                                new Class<?>[] {Group.class},
                                handler);
    }

    void set(Aside aside) {
        asides.add(0, aside);
        watchers.forEach(Runnable::run);
    }

    private Object drop(String id) {
        asides.removeIf(aside -> aside.id().equals(id));
        watchers.forEach(Runnable::run);
        return null;
    }

    private Subscription watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }
}
