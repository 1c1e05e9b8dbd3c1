import { features } from '~/app/feature';
import { navigate } from '~/router/router';
import { needSession } from '~/session/need_session';
import { composePath } from './paths';

/** A page that has posts beside their answers can take a reply right there; false: not this one. */
type ReplyPlace = (id: string) => boolean;

const places: ReplyPlace[] = [];

/** Offers a place for replies until the returned function is called. */
export function offerReplyPlace(place: ReplyPlace): () => void {
    places.push(place);
    return () => {
        places.splice(places.indexOf(place), 1);
    };
}

/** Where one writes: above the page, or on a page of its own. */
export function startPost(inReplyTo?: string): void {
    if (!needSession()) {
        return;
    }
    const open = features.find((feature) => feature.compose !== undefined)?.compose;
    if (open === undefined) {
        navigate(composePath(inReplyTo));
    } else {
        open(inReplyTo);
    }
}

/** Answers the post in place if the page can, else wherever one writes. */
export function startReply(id: string): void {
    if (needSession() && places.at(-1)?.(id) !== true) {
        startPost(id);
    }
}
