package org.bowline.audit.log;

import org.bowline.api.audit.AuditLine;

/**
 * A line as it was read.
 *
 * @param said what it says, with its own hash
 * @param prev the hash of the line before, as this one names it
 */
public record Line(AuditLine said, String prev) {}
