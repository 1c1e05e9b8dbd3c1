import { useState } from 'preact/hooks';
import { navigate } from '~/router/router';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Page } from '~/ui/page';
import { homeFeed } from '../feeds/feeds';
import { InterestsStep } from './interests_step';
import { NameStep } from './name_step';
import { PeopleStep } from './people_step';
import styles from './welcome.module.css';

const STEPS = 3;

/** The way of a newcomer: a name, what one likes to read about, whom one follows; then home. */
export default function WelcomePage() {
    const t = texts().welcome;
    const [step, setStep] = useState(1);
    const [chosen, setChosen] = useState<readonly string[]>([]);
    const account = session.value?.account;
    const go = (to: number): void => {
        setStep(to);
        scrollTo({ top: 0 });
        document.getElementById('main')?.focus({ preventScroll: true });
    };
    const finish = (): void => {
        // It may have been loaded while it was still empty.
        void homeFeed().feed.restart();
        navigate('/home', { replace: true });
    };
    return (
        <Page
            title={t.title}
            actions={
                // In the bar, which stays in sight however long the list of people is.
                step === STEPS && (
                    <Button small onClick={finish}>
                        {t.finish}
                    </Button>
                )
            }
        >
            <div class={styles.progress}>
                <p>{t.step(step, STEPS)}</p>
                <progress max={STEPS} value={step} aria-label={t.step(step, STEPS)} />
            </div>
            {step === 1 && account !== undefined && (
                <NameStep account={account} onNext={() => go(2)} />
            )}
            {step === 2 && (
                <InterestsStep
                    chosen={chosen}
                    onChosen={setChosen}
                    onBack={() => go(1)}
                    onNext={() => go(3)}
                />
            )}
            {step === 3 && <PeopleStep interests={chosen} onBack={() => go(2)} />}
        </Page>
    );
}
