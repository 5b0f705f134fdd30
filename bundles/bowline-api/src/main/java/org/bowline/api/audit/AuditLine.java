package org.bowline.api.audit;

import java.time.Instant;
import org.bowline.api.identity.HostId;

/**
 * One line of a host's audit log.
 *
 * @param host whose log it is
 * @param number counts the lines of that host, from 1, without a gap
 * @param time by that host's clock, which may be years off
 * @param act what was done or refused
 * @param hash SHA-256 of the line as it stands in the file, as hex; the next line names it
 */
public record AuditLine(HostId host, long number, Instant time, Act act, String hash) {}
