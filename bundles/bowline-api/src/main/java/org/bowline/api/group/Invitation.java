package org.bowline.api.group;

import java.util.List;
import java.util.Set;
import org.bowline.api.identity.HostId;

/**
 * What a host needs to become a follower: handed out by a leader after it admitted the host,
 * carried by pairing.
 *
 * @param groupId the group it becomes a member of
 * @param generation of that group
 * @param link the joining host's link number
 * @param voters those whom it may follow
 * @param members all members at that revision, the joining host included
 */
public record Invitation(
        String groupId, long generation, long link, Set<HostId> voters, List<Member> members) {
    public Invitation {
        voters = Set.copyOf(voters);
        members = List.copyOf(members);
        if (link < 1 || generation < 1 || voters.isEmpty()) {
            throw new IllegalArgumentException("invitation without link, generation or voters");
        }
    }
}
