package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.bowline.api.Refusal;

/**
 * Why something cannot be done or did not work.
 *
 * @param refusal the named cause, with its fix
 * @param detail what exactly stands in the way, a sentence for people
 */
@JsonPropertyOrder({"code", "title", "detail", "fix"})
public record Reason(@JsonIgnore Refusal refusal, String detail) {
    /** The refusal's name on the wire, such as {@code has-followers}. */
    @JsonProperty
    public String code() {
        return refusal.code();
    }

    /** The refusal's one sentence for people. */
    @JsonProperty
    public String title() {
        return refusal.title();
    }

    /** What to do about it. */
    @JsonProperty
    public String fix() {
        return refusal.fix();
    }
}
