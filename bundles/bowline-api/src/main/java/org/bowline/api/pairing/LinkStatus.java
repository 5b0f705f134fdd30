package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a link is. */
public enum LinkStatus {
    /** Asked for, nothing sent yet. */
    @JsonProperty("pending")
    PENDING,
    /** The two hosts are talking. */
    @JsonProperty("in-progress")
    IN_PROGRESS,
    /** Both hosts hold it for good. */
    @JsonProperty("completed")
    COMPLETED,
    /** It ended with a named cause, and nothing was changed. */
    @JsonProperty("failed")
    FAILED
}
