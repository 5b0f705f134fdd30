package org.bowline.api;

import java.util.Locale;

/**
 * Every named reason for which Bowline refuses an act, with what to do about it: the one table
 * behind the Local UI, REST, the shell and the command line.
 *
 * <p>A refusal is part of the wire: names are never reused or given another meaning.
 */
public enum Refusal {
    TOKEN_EMPTY(
            400,
            6,
            "No token was given",
            "Copy the token from the leader's Linked Edge Hosts page and paste it."),
    TOKEN_TOO_LONG(
            400, 6, "This is too long to be a token", "Copy only the token, nothing around it."),
    TOKEN_NOT_BASE64(
            400, 6, "This is not a token: it is not base64", "Copy the whole token again."),
    TOKEN_NOT_JSON(
            400,
            6,
            "This is not a token: its content cannot be read",
            "Copy the whole token again."),
    TOKEN_VERSION_UNKNOWN(
            400, 6, "The token is of another version", "Bring both agents to the same release."),
    TOKEN_FIELD_INVALID(
            400,
            6,
            "The token has an invalid field",
            "Copy the whole token again from the leader."),
    TOKEN_EXPIRED(410, 6, "The token has expired", "Use the token that the leader shows now."),
    TOKEN_USED(410, 6, "The token was already used", "Use the token that the leader shows now."),
    TOKEN_UNKNOWN(
            410,
            6,
            "The leader does not know this token",
            "Use the token that the leader shows now."),
    TOKEN_REFUSED(
            403,
            6,
            "The leader refused the pairing",
            "Use the token that the leader shows now; its audit log has the cause."),
    TOKEN_OWN(
            409, 6, "This is this host's own token", "Paste it on the host that is to be linked."),
    PAIRING_THROTTLED(
            429,
            6,
            "Too many failed proofs",
            "Wait a minute, then use the token that the leader shows now."),
    PAIRING_INTERRUPTED(
            502,
            7,
            "The pairing was interrupted",
            "Try again with the token that the leader shows now."),
    LEADER_UNREACHABLE(
            502,
            7,
            "The leader cannot be reached",
            "Check network and firewall between the hosts."),
    FOLLOWER_UNREACHABLE(
            502,
            7,
            "The leader cannot reach this host back",
            "Check this host's addresses, ports and firewall."),
    WRONG_KEY(
            502,
            7,
            "Another key answers at the leader's address",
            "Make sure that the address belongs to the leader; something may sit in between."),
    PEER_UNREACHABLE(
            502,
            7,
            "The host cannot be reached",
            "Check that it runs, and the network in between."),
    DEPLOYMENT_MODE_DIFFERS(
            409,
            5,
            "The hosts have different deployment modes",
            "Link only hosts of the same deployment mode."),
    OS_DIFFERS(
            409,
            5,
            "The hosts run different operating systems",
            "In agent mode link only hosts with the same OS and version."),
    MULTI_NODE_DISABLED(
            409,
            5,
            "Multi-node is not enabled",
            "Set stylus.enableMultiNode: true in etc/bowline.yaml and restart the agent."),
    NOT_AIRGAP(
            409,
            5,
            "The installation mode is not airgap",
            "Set stylus.installationMode: airgap in etc/bowline.yaml and restart the agent."),
    HAS_WORKLOAD(
            409,
            5,
            "The host has a cluster workload",
            "Delete its cluster or scale it down first."),
    ALREADY_FOLLOWER(409, 5, "The host is already linked to a leader", "Unlink it first."),
    IS_LEADER(409, 5, "The host is a leader", "Press Stop token generation on it first."),
    VERSION_INCOMPATIBLE(
            409,
            5,
            "The agents' versions do not work together",
            "Bring both agents to the same release."),
    LINK_IN_PROGRESS(409, 5, "A link is already in progress", "Wait until it has ended."),
    NOT_LEADING(409, 5, "This host is not a leader", "Press Generate token first."),
    HAS_FOLLOWERS(409, 5, "The leader still has followers", "Unlink all followers first."),
    NOT_FOLLOWER(
            409,
            5,
            "This host is not linked to a leader",
            "Only a host that follows a leader can do this."),
    IN_USE(409, 5, "The host is in use by a cluster", "Scale down the cluster first."),
    HOST_UNKNOWN(404, 4, "No such host in this group", "Look at the table of Linked Edge Hosts."),
    USE_THE_LEADER(409, 5, "This host is not the leader", "Do this on the leader."),
    LEADER_REACHABLE(
            409,
            5,
            "The leader can be reached",
            "Take over only a group whose leader was lost for 30 s and will not return soon."),
    SUPERSEDED(
            409,
            5,
            "Another host has taken over this group",
            "Follow the new leader, or take over again on this host."),
    TAKEOVER_REFUSED(
            403,
            5,
            "The takeover is not accepted",
            "Look at the leaders that the hosts of the group show."),
    NOT_CHALLENGED(
            409, 5, "No other host has taken over this group", "There is nothing to follow."),
    IN_CLUSTER(
            409,
            5,
            "The group has a cluster",
            "Bring enough of its control-plane nodes back; any of them leads."),
    HOST_REACHABLE(
            409,
            5,
            "The host can be reached",
            "Unlink it instead; Forget is for hosts that will not return."),
    ADDRESS_FIXED(
            409,
            5,
            "You cannot update the IP address of a linked host",
            "Unlink the host first; then set addresses in its etc/bowline.yaml and restart it."),
    SETTING_IN_FILE(
            409,
            5,
            "This is set in a file on the host",
            "Set it in etc/bowline.yaml on the host and restart the agent."),
    NO_QUORUM(
            503, 7, "The leaders have no majority", "Bring the missing control-plane nodes back."),
    STALE_REVISION(
            412,
            5,
            "Someone else changed this at the same time",
            "Look at the newest state and try again."),
    CONTENT_UNKNOWN(404, 4, "No such content", "Look at the Content page."),
    CONTENT_NOT_HERE(
            409,
            5,
            "This host does not hold all of this content yet",
            "Wait until it is Synced here."),
    CONTENT_NAME_INVALID(
            400,
            2,
            "The content name is not valid",
            "Use 1 to 200 printable characters without a slash."),
    CONTENT_DIGEST_INVALID(
            400, 2, "The digest is not valid", "Use sha256: and 64 lower-case hex digits."),
    UPLOAD_UNKNOWN(404, 4, "No such upload", "Start the upload again."),
    UPLOAD_OFFSET(
            409,
            5,
            "The upload goes on at another offset",
            "Ask for the offset with HEAD and go on from there."),
    UPLOAD_TRUNCATED(
            400, 5, "The upload ended before its end", "Go on from the offset, or upload again."),
    UPLOAD_TOO_LONG(
            400,
            5,
            "The upload has more bytes than announced",
            "Announce the right length and upload again."),
    UPLOADS_TOO_MANY(
            429, 5, "Too many uploads at once", "Wait until another has ended, or drop one."),
    CHECKSUM_MISMATCH(400, 5, "The bytes do not match their checksum", "Upload again."),
    STORE_FULL(
            507,
            5,
            "The store is full",
            "Retire content or raise store.quota in etc/bowline.yaml."),
    SIGN_IN_REQUIRED(401, 3, "Sign-in required", "Sign in, or send an API token."),
    SIGN_IN_FAILED(401, 3, "Wrong name or password", "Try again."),
    SIGN_IN_THROTTLED(429, 3, "Too many failed sign-ins", "Wait a moment and try again."),
    FORBIDDEN(403, 3, "Your role does not allow this", "Ask an admin."),
    CROSS_SITE(
            403,
            3,
            "The request came from another site",
            "Use the Local UI of this host, or an API token."),
    HOST_NAME_UNKNOWN(
            421,
            3,
            "This host is not known by that name",
            "Use one of its addresses, or add the name to etc/bowline.yaml."),
    SETUP_DONE(409, 5, "First-run setup is already done", "Sign in."),
    SETUP_CODE_WRONG(
            403,
            3,
            "The setup code is wrong",
            "Read it on the console, or in data/ui/setup-code on the host."),
    PASSWORD_WEAK(400, 2, "The password is too weak", "Use at least 12 characters."),
    REQUEST_INVALID(400, 2, "The request is not valid", "Look at openapi.yaml."),
    REQUEST_TOO_LARGE(413, 2, "The request is too large", "Send less."),
    NOT_FOUND(404, 4, "Nothing here", "Look at openapi.yaml."),
    METHOD_NOT_ALLOWED(405, 2, "Not that way", "Look at openapi.yaml."),
    BEING_UPDATED(503, 7, "This part of the agent is being updated", "Try again in a second."),
    INTERNAL(500, 1, "The agent failed", "Look at the agent's log.");

    private final int status;
    private final int exitCode;
    private final String title;
    private final String fix;

    Refusal(int status, int exitCode, String title, String fix) {
        this.status = status;
        this.exitCode = exitCode;
        this.title = title;
        this.fix = fix;
    }

    /** The HTTP status that fits. */
    public int status() {
        return status;
    }

    /**
     * The exit code of shell and command line: 1 internal, 2 usage, 3 auth, 4 not found, 5
     * precondition, 6 token, 7 peer.
     */
    public int exitCode() {
        return exitCode;
    }

    /** One sentence for people, the same each time. */
    public String title() {
        return title;
    }

    /** What to do about it. */
    public String fix() {
        return fix;
    }

    /** The name on the wire, such as {@code token-expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The refusal of that name on the wire; {@link #INTERNAL} for one that this release does not
     * know.
     */
    public static Refusal ofCode(String code) {
        for (Refusal refusal : values()) {
            if (refusal.code().equals(code)) {
                return refusal;
            }
        }
        return INTERNAL;
    }
}
