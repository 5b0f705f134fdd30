package org.bowline.audit.log;

import java.nio.file.Path;

/**
 * A file of the log as it was at one moment: what is behind that length is not yet part of it.
 *
 * @param file where it lies
 * @param first number of its first line
 * @param length bytes that are safe on the disk
 */
public record Extent(Path file, long first, long length) {}
