import { useState } from 'preact/hooks';
import type { Problem, Session } from '../api';
import { post, problem } from '../http';
import { enter } from '../live';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { ProblemNotice } from '../parts/Notice';
import { Gate } from './Gate';

export function SignIn() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed(null);
    try {
      const session = await post<Session>('/session', { name, password });
      enter(session);
    } catch (error) {
      setFailed(problem(error));
      setBusy(false);
    }
  };
  return (
    <Gate title="Sign in">
      <form onSubmit={submit}>
        <Field label="Name" value={name} onInput={setName} autocomplete="username" autofocus />
        <Field
          label="Password"
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
        />
        <ProblemNotice problem={failed} />
        <Button kind="primary" submit busy={busy} onClick={() => {}}>
          Sign in
        </Button>
      </form>
    </Gate>
  );
}
