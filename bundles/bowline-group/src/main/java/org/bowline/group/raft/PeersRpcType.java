package org.bowline.group.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;

/** Makes Ratis speak over Peers. Public with a public constructor, for Ratis makes it by name. */
public final class PeersRpcType implements RpcType {
    static final String LINKS = "bowline.links";

    @Override
    public String name() {
        return "BOWLINE";
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new Factory(parameters.getNonNull(LINKS, RaftLinks.class));
    }

    private final class Factory implements ServerFactory {
        private final RaftLinks links;

        Factory(RaftLinks links) {
            this.links = links;
        }

        @Override
        public RpcType getRpcType() {
            return PeersRpcType.this;
        }

        @Override
        public RaftServerRpc newRaftServerRpc(RaftServer server) {
            return new PeersRpc(PeersRpcType.this, links);
        }
    }
}
