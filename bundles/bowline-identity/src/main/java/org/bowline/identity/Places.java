package org.bowline.identity;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/**
 * Where this agent's files lie, as the launcher says.
 *
 * @param base the agent's own folder
 * @param etc holds the one file a person edits
 * @param data holds all state
 */
public record Places(Path base, Path etc, Path data) {
    /**
     * Reads {@code bowline.base}, {@code bowline.etc} and {@code bowline.data}.
     *
     * @throws IllegalStateException if one is missing
     */
    public static Places of(BundleContext context) {
        return new Places(
                property(context, "bowline.base"),
                property(context, "bowline.etc"),
                property(context, "bowline.data"));
    }

    private static Path property(BundleContext context, String name) {
        String value = context.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "system property " + name + " is not set; start the agent by its launcher");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
