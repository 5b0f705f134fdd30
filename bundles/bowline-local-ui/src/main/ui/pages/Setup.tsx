import { useState } from 'preact/hooks';
import type { Problem, Session } from '../api';
import { post, problem } from '../http';
import { enter } from '../live';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { ProblemNotice } from '../parts/Notice';
import { Gate } from './Gate';

/** First run: who holds the setup code becomes the first admin. */
export function Setup() {
  const [code, setCode] = useState('');
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [touched, setTouched] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const differs = (touched || again !== '') && again !== password;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || differs) return;
    if (again !== password) return setTouched(true);
    setBusy(true);
    setFailed(null);
    try {
      await post('/setup', { code: code.trim(), name: name.trim(), password });
      const session = await post<Session>('/session', { name: name.trim(), password });
      enter(session);
    } catch (error) {
      setFailed(problem(error));
      setBusy(false);
    }
  };
  return (
    <Gate title="Set up this host">
      <p class="hint">Nobody can sign in yet. Make the first admin of this host.</p>
      <form onSubmit={submit}>
        <Field
          label="Setup code"
          value={code}
          onInput={setCode}
          autocomplete="one-time-code"
          autofocus
          hint={
            <>
              It stands on the host’s console, in the agent’s log and in{' '}
              <code>data/ui/setup-code</code>.
            </>
          }
        />
        <Field label="Name" value={name} onInput={setName} autocomplete="username" />
        <Field
          label="Password"
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="new-password"
          hint="At least 12 characters."
        />
        <Field
          label="Password again"
          type="password"
          value={again}
          onInput={setAgain}
          autocomplete="new-password"
        />
        <ProblemNotice problem={failed} />
        <Button
          kind="primary"
          submit
          busy={busy}
          reason={differs ? 'The two passwords differ.' : null}
          onClick={() => {}}
        >
          Create admin
        </Button>
      </form>
    </Gate>
  );
}
