import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Dialog, DialogButtons } from '~/ui/dialog';
import { showDialog } from '~/ui/dialogs';
import { session } from './session';
import { signIn, signUp } from './sign_in';

/** Whether somebody is signed in; if not, invites to. `if (!needSession()) return;` */
export function needSession(): boolean {
    if (session.peek() !== null) {
        return true;
    }
    showDialog((close) => <InvitationDialog onClose={close} />);
    return false;
}

function InvitationDialog({ onClose }: { onClose: () => void }) {
    const t = texts().session;
    return (
        <Dialog title={t.needTitle} onClose={onClose}>
            <p>{t.need}</p>
            <DialogButtons>
                <Button kind="quiet" onClick={() => void signUp()}>
                    {t.signUp}
                </Button>
                <Button onClick={() => void signIn()}>{t.signIn}</Button>
            </DialogButtons>
        </Dialog>
    );
}
