package org.bowline.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * Which group this host belongs to, and as what: {@code group/current}, one JSON object.
 *
 * <pre>{@code
 * {"format":1,"group":"k3x7…","generation":1,"voter":false,"voters":["aaaa…"],"link":12,
 *  "members":[{"id":"aaaa…","key":"…","facts":{…},"link":1}],
 *  "origin":{…},"left":["a4c2…"],"challenge":{…}}
 * }</pre>
 *
 * @param format 1
 * @param group 16 letters of base32, random
 * @param generation 1 at birth, one more with every takeover
 * @param voter whether it takes part in decisions
 * @param voters those who do, as last known
 * @param link this host's link number; 0 before its first entry
 * @param members as last known; shown until the state itself is read
 * @param origin the takeover by which this group came to be; null if it was founded or is not known
 * @param left the groups that this host left because they were taken over, the oldest first
 * @param challenge a takeover of this group that this voter does not follow; null if there is none
 */
record Current(
        int format,
        String group,
        long generation,
        boolean voter,
        Set<HostId> voters,
        long link,
        List<Member> members,
        @Nullable Takeover origin,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> left,
        @Nullable Takeover challenge) {
    static final int FORMAT = 1;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 16;

    Current {
        voters = Collections.unmodifiableSet(new TreeSet<>(voters));
        members = List.copyOf(members);
        left = List.copyOf(Objects.requireNonNullElse(left, List.of())); // absent in most files
        if (format != FORMAT) {
            throw new IllegalArgumentException("group/current of format " + format);
        }
        if (!isId(group)) {
            throw new IllegalArgumentException("not a group id: " + group);
        }
    }

    /** Whether that may name a group. */
    static boolean isId(String group) {
        return group.matches("[a-z2-7]{16}");
    }

    /** Names a new group. */
    static String newId() {
        StringBuilder id = new StringBuilder();
        new SecureRandom()
                .ints(ID_LENGTH, 0, ALPHABET.length())
                .forEach(letter -> id.append(ALPHABET.charAt(letter)));
        return id.toString();
    }

    /** A new group of that host alone. */
    static Current founded(Member self) {
        return new Current(
                FORMAT,
                newId(),
                1,
                true,
                Set.of(self.id()),
                0,
                List.of(self),
                null,
                List.of(),
                null);
    }

    /** The group that this host is invited to follow. */
    static Current following(Invitation invitation) {
        return new Current(
                FORMAT,
                invitation.groupId(),
                invitation.generation(),
                false,
                invitation.voters(),
                invitation.link(),
                invitation.members(),
                null,
                List.of(),
                null);
    }

    /** The group of that takeover, which this host goes to from the present one. */
    Current succeededBy(Takeover takeover, long nowLink, List<Member> nowMembers, HostId self) {
        List<String> all = new ArrayList<>(left);
        all.add(group);
        return new Current(
                FORMAT,
                takeover.group(),
                takeover.generation(),
                takeover.by().equals(self),
                Set.of(takeover.by()),
                nowLink,
                nowMembers,
                takeover,
                all,
                null);
    }

    /** Whether that host has a place in it. */
    boolean knows(HostId host) {
        return voters.contains(host)
                || members.stream().anyMatch(member -> member.id().equals(host));
    }

    /** Whether that group was taken over, and this host knows who follows it now. */
    boolean hasRetired(String other) {
        return origin != null
                && (left.contains(other)
                        || origin.ancestors().stream().anyMatch(a -> a.group().equals(other)));
    }

    /** The same group, with this host in another role. */
    Current as(boolean nowVoter, Set<HostId> nowVoters) {
        return new Current(
                format,
                group,
                generation,
                nowVoter,
                nowVoters,
                link,
                members,
                origin,
                left,
                nowVoter ? challenge : null);
    }

    /** The same group, as it is known now. */
    Current knowing(
            Set<HostId> nowVoters,
            long nowLink,
            List<Member> nowMembers,
            @Nullable Takeover nowOrigin) {
        return new Current(
                format,
                group,
                generation,
                voter,
                nowVoters,
                nowLink,
                nowMembers,
                nowOrigin,
                left,
                challenge);
    }

    /** The same group, which somebody has taken over; null: nobody any more. */
    Current challengedBy(@Nullable Takeover takeover) {
        return new Current(
                format, group, generation, voter, voters, link, members, origin, left, takeover);
    }
}
