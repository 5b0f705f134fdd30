package org.bowline.api.pairing;

import org.bowline.api.Refusal;

/**
 * Why something cannot be done or did not work.
 *
 * @param refusal the named cause, with its fix
 * @param detail what exactly stands in the way, a sentence for people
 */
public record Reason(Refusal refusal, String detail) {}
