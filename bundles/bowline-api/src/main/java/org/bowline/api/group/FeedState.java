package org.bowline.api.group;

/** How a feed follower stands with its leaders. */
public enum FeedState {
    /** This host is a voter and needs no feed. */
    NONE,
    /** Looking for a leader that answers. */
    SEARCHING,
    /** Connected, and every entry that the leader has sent is applied. */
    CONNECTED,
    /** A leader answered that this host is not a member; ask where it stands. */
    REFUSED
}
