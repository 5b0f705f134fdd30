package org.bowline.shell.door;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Waits until it is interrupted. */
@Service
@Command(scope = "test", name = "hang", description = "Hangs.")
public final class HangCommand implements Action {
    static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    @Argument String name = "";

    @Override
    public Object execute() throws Exception {
        System.out.println("hanging " + name);
        try {
            new CountDownLatch(1).await();
        } finally {
            ENDED.add(name);
        }
        return null;
    }
}
