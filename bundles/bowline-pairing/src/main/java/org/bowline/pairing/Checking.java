package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostCheck.Try;
import org.bowline.api.pairing.Reason;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.WrongKeyException;

/** Looks on request whether a member can be reached from here, address by address. */
record Checking(Ground ground) {
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration ALL = Duration.ofSeconds(8); // a standing may take 12 s more

    HostCheck check(HostId host) throws IOException {
        GroupView view = ground.group().view();
        Member member =
                view.member(host)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.HOST_UNKNOWN, host + " is no member"));
        List<Try> tries = new ArrayList<>();
        String standing = "";
        long end = System.nanoTime() + ALL.toNanos();
        for (Endpoint endpoint : member.facts().endpoints()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.toMillis() < 1) {
                break;
            }
            long begun = System.nanoTime();
            try (Channel channel = open(endpoint, host, left)) {
                tries.add(new Try(endpoint.toString(), since(begun), Optional.empty()));
                if (standing.isEmpty()) {
                    standing = standing(channel, view);
                }
            } catch (IOException e) {
                tries.add(new Try(endpoint.toString(), since(begun), Optional.of(reason(e))));
            }
        }
        return new HostCheck(host, tries, standing);
    }

    private Channel open(Endpoint endpoint, HostId host, Duration left) throws IOException {
        Duration limit = left.compareTo(EACH) < 0 ? left : EACH;
        return ground.peers().open(endpoint, host, PairHandler.PROTOCOL, limit);
    }

    private static String standing(Channel channel, GroupView view) {
        try {
            Standing standing =
                    new PairStream(channel)
                            .ask("standing", new Words.Ask(view.id()), "stands", Standing.class);
            return switch (standing.state()) {
                case MEMBER -> "It knows this host as a member";
                case OUT -> "For it this host is not a member (any more)";
                case RETIRED -> "It follows generation " + standing.generation() + " of this group";
                case OTHER_GROUP -> "It is in another group: " + standing.groupId();
            };
        } catch (IOException e) {
            return "It answers, but does not say where it stands: " + e.getMessage();
        }
    }

    private static Reason reason(IOException e) {
        Refusal refusal =
                e instanceof WrongKeyException ? Refusal.WRONG_KEY : Refusal.PEER_UNREACHABLE;
        return new Reason(refusal, e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private static long since(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
