import { Notice } from '../parts/Notice';
import { Gate } from './Gate';

export function Away() {
  return (
    <Gate title="Waiting for this host">
      <Notice kind="warn">
        <strong>This host does not answer</strong>
        <p>This page asks again every two seconds.</p>
        <p class="fix">Check that the agent runs, and the network in between.</p>
      </Notice>
    </Gate>
  );
}
