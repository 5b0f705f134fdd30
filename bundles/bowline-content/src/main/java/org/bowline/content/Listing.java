package org.bowline.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.content.store.Items;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The group's slice {@code content}: items by digest. The one writer of it.
 *
 * <p>Safe for use by any thread. Changes wait for the group's commit; they are made one after
 * another, so that two contents of one name get two revisions.
 */
@Component(immediate = true, service = Listing.class)
public final class Listing {
    /** The slice's name. */
    public static final String SLICE = "content";

    private static final int ATTEMPTS = 5; // other leaders commit too

    private final Group group;
    private final Slice<CatalogItem> slice;

    @Activate
    public Listing(@Reference Group group) {
        this.group = group;
        this.slice = group.slice(SLICE, CatalogItem.class);
    }

    /** All entries by digest. */
    public Map<Digest, Entry<CatalogItem>> all() {
        Map<Digest, Entry<CatalogItem>> all = new LinkedHashMap<>();
        slice.all().values().forEach(entry -> all.put(entry.value().digest(), entry));
        return all;
    }

    public Optional<Entry<CatalogItem>> get(Digest digest) {
        return slice.get(digest.value());
    }

    /**
     * What this host alone had listed when it followed a takeover, and nobody has dropped yet.
     *
     * @throws java.io.UncheckedIOException as {@link Group#aside}: then nothing is known of it
     */
    public AsideContent setAside() {
        return AsideContent.of(group.aside());
    }

    /**
     * Refuses unless this host takes part in decisions, and nobody has taken its group over.
     *
     * @throws RefusedException {@code USE_THE_LEADER}, with its address; {@code SUPERSEDED}
     */
    public void requireLeading() throws RefusedException {
        GroupView view = group.view();
        if (!view.voter()) {
            throw new RefusedException(Refusal.USE_THE_LEADER, "Use the leader " + leader(view));
        }
        if (view.challenge().isPresent()) { // else a whole upload would come first
            HostId by = view.challenge().get().by();
            String name = view.member(by).map(member -> member.facts().name()).orElse("" + by);
            throw new RefusedException(Refusal.SUPERSEDED, name + " took this group over");
        }
    }

    private static String leader(GroupView view) {
        return view.leader()
                .or(() -> view.voters().stream().findFirst())
                .flatMap(view::member)
                .map(Listing::address)
                .orElse("of the group");
    }

    private static String address(Member leader) {
        return leader.facts().endpoints().stream()
                .findFirst()
                .map(endpoint -> "https://" + literal(endpoint) + ":" + leader.facts().uiPort())
                .orElseGet(() -> leader.facts().name());
    }

    private static String literal(Endpoint endpoint) {
        return endpoint.ip().indexOf(':') >= 0 ? "[" + endpoint.ip() + "]" : endpoint.ip();
    }

    /**
     * Adds an item, or answers the one of that digest that is there already.
     *
     * @param draft its revision is the least that it gets
     */
    public CatalogItem add(CatalogItem draft, Actor actor) throws IOException {
        addAll(List.of(draft), actor);
        return get(draft.digest())
                .map(Entry::value)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.CONTENT_UNKNOWN,
                                        draft.name() + " was retired at the same time"));
    }

    /**
     * Adds what is not there yet, in this order, as one entry. Preconditions: none of the added is
     * there.
     */
    public synchronized void addAll(Collection<CatalogItem> drafts, Actor actor)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<Change> changes = new ArrayList<>();
            List<Precondition> absent = new ArrayList<>();
            prepare(drafts, changes, absent);
            if (changes.isEmpty()) {
                return;
            }
            try {
                group.commit(new Commit(changes, absent, actor));
                return;
            } catch (RefusedException e) {
                if (e.refusal() != Refusal.STALE_REVISION || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void prepare(
            Collection<CatalogItem> drafts, List<Change> changes, List<Precondition> absent) {
        Map<Digest, Entry<CatalogItem>> there = all();
        Map<String, Integer> revisions = new HashMap<>();
        there.values().forEach(entry -> count(revisions, entry.value()));
        for (CatalogItem draft : drafts) {
            if (!there.containsKey(draft.digest())) {
                int next = revisions.getOrDefault(draft.name(), 0) + 1;
                CatalogItem item = Items.withRevision(draft, Math.max(next, draft.revision()));
                count(revisions, item);
                changes.add(slice.put(item.digest().value(), item));
                absent.add(slice.absent(item.digest().value()));
            }
        }
    }

    private static void count(Map<String, Integer> revisions, CatalogItem item) {
        revisions.merge(item.name(), item.revision(), Math::max);
    }

    /**
     * Takes an item away and answers it. Precondition: it is still the one that was read.
     *
     * @throws RefusedException {@code CONTENT_UNKNOWN}, {@code USE_THE_LEADER}
     */
    public synchronized CatalogItem remove(Digest digest, Actor actor) throws IOException {
        requireLeading();
        Entry<CatalogItem> entry =
                get(digest)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.CONTENT_UNKNOWN, "No content " + digest));
        group.commit(
                new Commit(
                        List.of(slice.remove(digest.value())),
                        List.of(slice.unchanged(digest.value(), entry)),
                        actor));
        return entry.value();
    }

    /**
     * Gives each content of one name a revision of its own, in the group's order: two leaders may
     * have added under the same name at the same moment. Precondition: unchanged since read.
     */
    public synchronized void settleRevisions() throws IOException {
        Map<String, Integer> revisions = new HashMap<>();
        all().values().forEach(entry -> count(revisions, entry.value()));
        Map<String, Entry<CatalogItem>> first = new HashMap<>();
        List<Entry<CatalogItem>> ordered = new ArrayList<>(all().values());
        ordered.sort(Comparator.comparingLong(Entry::revision));
        for (Entry<CatalogItem> entry : ordered) {
            CatalogItem item = entry.value();
            if (first.putIfAbsent(item.revision() + " " + item.name(), entry) != null) {
                int next = revisions.merge(item.name(), 1, Integer::sum);
                String key = item.digest().value();
                group.commit(
                        new Commit(
                                List.of(slice.put(key, Items.withRevision(item, next))),
                                List.of(slice.unchanged(key, entry)),
                                entry.actor()));
            }
        }
    }
}
