package org.bowline.itests.scale;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bowline.itests.scale.Descriptor.Need;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Builds one agent out of the rooms on the class path as Declarative Services does, from the
 * bundles' own descriptors, so that many fit into one JVM: constructors, settings, services that
 * come and go. What it leaves out is what these rooms do not use.
 *
 * <p>Safe for use by any thread.
 */
final class Wiring {
    /** A service as it is given to others, and what is behind it. */
    private record Offer(String type, Object service, Object origin) {}

    private record Running(Descriptor descriptor, Object component) {}

    private final List<Descriptor> waiting;
    private final List<Running> running = new ArrayList<>(); // in the order of their starts
    private final List<Offer> offers = new ArrayList<>();
    private final Map<String, Map<String, Object>> settings = new HashMap<>();
    private final Map<String, Map<String, Object>> overrides = new HashMap<>();
    private final Map<String, UnaryOperator<Object>> wrappers = new HashMap<>();
    private final BundleContext context;

    /**
     * @param components of which this makes one each
     * @param properties what the launcher would tell the framework
     */
    Wiring(List<Descriptor> components, Map<String, String> properties) {
        waiting = new ArrayList<>(components);
        context = HostContext.of(properties, this);
        Object admin = HostContext.settingsOf(this);
        offers.add(new Offer("org.osgi.service.cm.ConfigurationAdmin", admin, admin));
    }

    /** Sets what stands above whatever the rooms are told. */
    Wiring with(String pid, Map<String, Object> values) {
        overrides.put(pid, values);
        return this;
    }

    /** Puts something around a service before anybody gets it. */
    <T> Wiring around(Class<T> type, UnaryOperator<T> wrapper) {
        wrappers.put(type.getName(), service -> wrapper.apply(type.cast(service)));
        return this;
    }

    /** Starts what can be started; the rest follows as soon as it can. */
    synchronized void start() throws IOException {
        boolean progress = true;
        while (progress) {
            Optional<Descriptor> next = waiting.stream().filter(this::satisfied).findFirst();
            progress = next.isPresent();
            if (progress) {
                waiting.remove(next.get());
                start(next.get());
            }
        }
    }

    /** The service of that type, if it is there. */
    synchronized <T> Optional<T> find(Class<T> type) {
        return services(type.getName()).stream().map(type::cast).findFirst();
    }

    /** What still waits for something, by name. */
    synchronized String unsatisfied() {
        return waiting.stream()
                .map(one -> one.type().getSimpleName() + " for " + missing(one))
                .collect(Collectors.joining("; "));
    }

    /** Ends all, the last one started first. */
    synchronized void close() throws IOException {
        for (int i = running.size() - 1; i >= 0; i--) {
            Running ending = running.get(i);
            withdraw(ending.component);
            call(ending.component, ending.descriptor.deactivate(), Map.of());
        }
        running.clear();
    }

    synchronized void configure(String pid, Map<String, Object> values) {
        settings.put(pid, values);
    }

    synchronized void offer(String type, Object service) throws IOException {
        Object wrapped = wrappers.getOrDefault(type, UnaryOperator.identity()).apply(service);
        offers.add(new Offer(type, wrapped, service));
        for (Running one : running) {
            for (Need need : needs(one, type)) {
                take(one.component, need, need.bind(), wrapped);
            }
        }
    }

    synchronized void withdraw(Object origin) throws IOException {
        for (Offer gone : offers.stream().filter(offer -> offer.origin == origin).toList()) {
            offers.remove(gone);
            for (Running one : running) {
                for (Need need : needs(one, gone.type)) {
                    take(one.component, need, need.unbind(), gone.service);
                }
            }
        }
    }

    private static List<Need> needs(Running one, String type) {
        return one.descriptor.needs().stream()
                .filter(need -> need.dynamic() && need.type().equals(type))
                .toList();
    }

    private boolean satisfied(Descriptor descriptor) {
        boolean settled = !descriptor.settled() || settings.containsKey(descriptor.pid());
        return settled && missing(descriptor).isEmpty();
    }

    private List<String> missing(Descriptor descriptor) {
        return descriptor.needs().stream()
                .filter(need -> need.needed() && services(need.type()).isEmpty())
                .map(Need::type)
                .toList();
    }

    private List<Object> services(String type) {
        return offers.stream()
                .filter(offer -> offer.type.equals(type))
                .map(Offer::service)
                .toList();
    }

    private void start(Descriptor descriptor) throws IOException {
        Map<String, Object> values =
                new HashMap<>(settings.getOrDefault(descriptor.pid(), Map.of()));
        values.putAll(overrides.getOrDefault(descriptor.pid(), Map.of()));
        Object component = construct(descriptor, values);
        for (Need need : descriptor.needs()) {
            if (need.parameter() < 0) {
                for (Object service : services(need.type())) {
                    take(component, need, need.bind(), service);
                }
            }
        }
        call(component, descriptor.activate(), values);
        running.add(new Running(descriptor, component));
        for (String type : descriptor.offers()) {
            offer(type, component);
        }
    }

    private Object construct(Descriptor descriptor, Map<String, Object> values) throws IOException {
        for (Constructor<?> constructor : descriptor.type().getConstructors()) {
            Class<?>[] types = constructor.getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = argument(descriptor, i, types[i], values);
            }
            boolean all = Arrays.stream(arguments).allMatch(argument -> argument != null);
            if (types.length == descriptor.parameters() && all) {
                return invoked(() -> constructor.newInstance(arguments));
            }
        }
        throw new IOException("no constructor of " + descriptor.type() + " fits its descriptor");
    }

    private @Nullable Object argument(
            Descriptor descriptor, int index, Class<?> type, Map<String, Object> values) {
        Optional<Need> need =
                descriptor.needs().stream().filter(one -> one.parameter() == index).findFirst();
        if (need.isEmpty()) {
            return given(type, values);
        }
        List<Object> found = services(need.get().type());
        if (need.get().many()) {
            return List.copyOf(found);
        }
        return found.isEmpty() || !type.isInstance(found.get(0)) ? null : found.get(0);
    }

    private @Nullable Object given(Class<?> type, Map<String, Object> values) {
        if (type.isAnnotation()) {
            return Settings.as(type, values);
        }
        return type.isInstance(context) ? context : null;
    }

    /** Gives a service to a component, or takes it back: by a method, else by a field. */
    private void take(Object component, Need need, String method, Object service)
            throws IOException {
        if (!method.isEmpty()) {
            Method found = declared(component, method);
            invoked(() -> found.invoke(component, service));
        } else if (!need.field().isEmpty()) {
            List<Object> all = services(need.type());
            invoked(
                    () -> {
                        Field field = component.getClass().getDeclaredField(need.field());
                        open(field).set(component, need.many() ? all : service);
                        return component;
                    });
        }
    }

    private void call(Object component, String method, Map<String, Object> values)
            throws IOException {
        if (!method.isEmpty()) {
            Method found = declared(component, method);
            Object[] arguments =
                    Arrays.stream(found.getParameterTypes())
                            .map(type -> given(type, values))
                            .toArray();
            invoked(() -> found.invoke(component, arguments));
        }
    }

    private static Method declared(Object component, String name) throws IOException {
        return Arrays.stream(component.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(Wiring::open)
                .orElseThrow(() -> new IOException("no method " + name + " in " + component));
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true); // what only Declarative Services and the room's tests may call
        return member;
    }

    private interface Reflection {
        @Nullable Object run() throws ReflectiveOperationException;
    }

    private static Object invoked(Reflection step) throws IOException {
        try {
            Object made = step.run();
            return made == null ? Optional.empty() : made;
        } catch (InvocationTargetException e) {
            throw new IOException("a component failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("a component is not what its descriptor says", e);
        }
    }
}
