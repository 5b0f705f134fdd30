package org.bowline.shell.output;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/**
 * Takes options that stand behind an argument, as people type them: {@code link:unlink beta -y}.
 * Karaf reads options only before the first argument and hands over the rest as arguments.
 */
final class LateOptions {
    private final Object command;

    LateOptions(Object command) {
        this.command = command;
    }

    /** Sets the command's options; returns the words that are none. */
    List<String> take(List<String> words) throws UsageException {
        List<String> arguments = new ArrayList<>();
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            if (word.startsWith("-") && word.length() > 1) {
                option(word, left);
            } else {
                arguments.add(word);
            }
        }
        return arguments;
    }

    private void option(String word, Iterator<String> left) throws UsageException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Field field = field(name);
        String value = equals < 0 ? null : word.substring(equals + 1);
        if (value == null && field.getType() == boolean.class) {
            value = "true";
        }
        if (value == null && left.hasNext()) {
            value = left.next();
        }
        if (value == null) {
            throw new UsageException("Missing value for option " + name);
        }
        set(field, name, value);
    }

    private Field field(String name) throws UsageException {
        for (Class<?> of = command.getClass(); of != Object.class; of = of.getSuperclass()) {
            for (Field field : of.getDeclaredFields()) {
                if (isCalled(field, name)) {
                    return field;
                }
            }
        }
        throw new UsageException("Undefined option: " + name + ". Try --help.");
    }

    private static boolean isCalled(Field field, String name) {
        @Nullable Option option = field.getAnnotation(Option.class);
        return option != null
                && (option.name().equals(name) || Arrays.asList(option.aliases()).contains(name));
    }

    private void set(Field field, String name, String value) {
        try {
            field.setAccessible(true);
            if (field.getType() == boolean.class) {
                field.setBoolean(command, Boolean.parseBoolean(value));
            } else {
                field.set(command, value);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("option " + name + " cannot be set", e);
        }
    }
}
