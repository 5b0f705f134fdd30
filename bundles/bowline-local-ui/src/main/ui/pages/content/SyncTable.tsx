import { useState } from 'preact/hooks';
import type { ContentItem, HostRow } from '../../api';
import { useStore } from '../../store';
import { HoldingCell } from './HoldingCell';
import { HoldingDialog } from './HoldingDialog';

type Asked = { item: ContentItem; host: HostRow } | null;

/** The matrix in words. */
export function SyncTable() {
  const { hosts, content, sync } = useStore();
  const [asked, ask] = useState<Asked>(null);
  const held = new Map(sync.map((row) => [`${row.digest} ${row.host}`, row]));
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Bundles on hosts">
      <table aria-label="Bundles on hosts">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {hosts.map((host) => (
              <th scope="col">{host.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {content.map((item) => (
            <tr>
              <th scope="row">
                {item.name} {item.revision > 1 && <span class="tag">revision {item.revision}</span>}
              </th>
              {hosts.map((host) => (
                <td>
                  <button
                    type="button"
                    class="cell-button"
                    aria-label={`${item.name} on ${host.name}: details`}
                    onClick={() => ask({ item, host })}
                  >
                    <HoldingCell holding={held.get(`${item.digest} ${host.id}`)} />
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {asked && <HoldingDialog {...asked} onClose={() => ask(null)} />}
    </div>
  );
}
