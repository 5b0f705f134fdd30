package org.bowline.audit;

import java.io.IOException;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.audit.wire.Answering;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Shows the lines of this host to members that ask over {@code audit/1}. */
@Component
public final class AuditExchange implements ProtocolHandler {
    private final Answering answering;

    @Activate
    public AuditExchange(@Reference ChainedAudit audit) {
        answering = new Answering(audit.reading());
    }

    @Deactivate
    void stop() {
        answering.stop();
    }

    @Override
    public String protocol() {
        return Answering.PROTOCOL;
    }

    @Override
    public void handle(Channel channel) throws IOException {
        answering.handle(channel);
    }
}
