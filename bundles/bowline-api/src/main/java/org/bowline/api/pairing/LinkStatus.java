package org.bowline.api.pairing;

/** How far a link is. */
public enum LinkStatus {
    /** Asked for, nothing sent yet. */
    PENDING,
    /** The two hosts are talking. */
    IN_PROGRESS,
    /** Both hosts hold it for good. */
    COMPLETED,
    /** It ended with a named cause, and nothing was changed. */
    FAILED
}
