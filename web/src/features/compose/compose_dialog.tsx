import { texts } from '~/texts/texts';
import { Dialog } from '~/ui/dialog';
import { showDialog } from '~/ui/dialogs';
import { Answered } from './answered';
import { Composer } from './composer';
import styles from './composer.module.css';
import type { Context } from './draft';

/** Opens the composer above the page, which stays where it is. */
export function showComposer(context: Context): void {
    showDialog((close) => <ComposeDialog context={context} onClose={close} />);
}

function titleOf(context: Context): string {
    return texts().compose[context.kind];
}

function ComposeDialog({ context, onClose }: { context: Context; onClose: () => void }) {
    return (
        <Dialog title={titleOf(context)} onClose={onClose}>
            <div class={styles.composer}>
                {context.kind === 'reply' && <Answered id={context.to} />}
                <Composer context={context} onDone={onClose} />
            </div>
        </Dialog>
    );
}
