package org.bowline.group;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;

/**
 * Which group this host belongs to, and as what: {@code group/current}, one JSON object.
 *
 * <pre>{@code
 * {"format":1,"group":"k3x7…","generation":1,"voter":false,"voters":["aaaa…"],"link":12,
 *  "members":[{"id":"aaaa…","key":"…","facts":{…},"link":1}]}
 * }</pre>
 *
 * @param format 1
 * @param group 16 letters of base32, random
 * @param generation 1 at birth, one more with every takeover
 * @param voter whether it takes part in decisions
 * @param voters those who do, as last known
 * @param link this host's link number; 0 before its first entry
 * @param members as last known; shown until the state itself is read
 */
record Current(
        int format,
        String group,
        long generation,
        boolean voter,
        Set<HostId> voters,
        long link,
        List<Member> members) {
    static final int FORMAT = 1;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 16;

    Current {
        voters = Collections.unmodifiableSet(new TreeSet<>(voters));
        members = List.copyOf(members);
        if (format != FORMAT) {
            throw new IllegalArgumentException("group/current of format " + format);
        }
        if (!group.matches("[a-z2-7]{16}")) {
            throw new IllegalArgumentException("not a group id: " + group);
        }
    }

    /** A new group of that host alone. */
    static Current founded(Member self) {
        StringBuilder id = new StringBuilder();
        new SecureRandom()
                .ints(ID_LENGTH, 0, ALPHABET.length())
                .forEach(letter -> id.append(ALPHABET.charAt(letter)));
        return new Current(FORMAT, id.toString(), 1, true, Set.of(self.id()), 0, List.of(self));
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
                invitation.members());
    }

    /** Whether that host has a place in it. */
    boolean knows(HostId host) {
        return voters.contains(host)
                || members.stream().anyMatch(member -> member.id().equals(host));
    }

    /** The same group, with this host in another role. */
    Current as(boolean nowVoter, Set<HostId> nowVoters) {
        return new Current(format, group, generation, nowVoter, nowVoters, link, members);
    }

    /** The same group, as it is known now. */
    Current knowing(Set<HostId> nowVoters, long nowLink, List<Member> nowMembers) {
        return new Current(format, group, generation, voter, nowVoters, nowLink, nowMembers);
    }
}
