package rollwire;

import java.util.TreeSet;

/** The verified frame: what comparisons and rollbacks make of it. */
sealed interface Verified {
    /** The frame was compared. */
    void compared(long frame, boolean equal);

    /** A rollback goes back to this frame. */
    void rollback(long target);

    /** The verified frame, or -1 for none. */
    long frame();

    /** The greatest frame whose hashes were equal (DETECT-5, DETECT-10). */
    final class HighWaterMark implements Verified {
        private long frame = -1;

        @Override
        public void compared(long compared, boolean equal) {
            if (equal && compared > frame) {
                frame = compared;
            }
        }

        @Override
        public void rollback(long target) {
            // A target of 0 gives -1, which is none.
            frame = Math.min(frame, target - 1);
        }

        @Override
        public long frame() {
            return frame;
        }
    }

    /**
     * The greatest equal frame below which no frame differs, where the newest comparison of a frame
     * counts (DETECT-17).
     *
     * <p>The results have no bound of their own: the rule lets nothing but a rollback and a reset
     * forget one. There is at most one for each frame that the own game has confirmed, whatever the
     * peer sends.
     */
    final class NewestResults implements Verified {
        private final TreeSet<Long> equal = new TreeSet<>();
        private final TreeSet<Long> different = new TreeSet<>();

        @Override
        public void compared(long frame, boolean isEqual) {
            (isEqual ? equal : different).add(frame);
            (isEqual ? different : equal).remove(frame);
        }

        @Override
        public void rollback(long target) {
            equal.tailSet(target).clear();
            different.tailSet(target).clear();
        }

        @Override
        public long frame() {
            Long found;
            if (different.isEmpty()) {
                found = equal.isEmpty() ? null : equal.last();
            } else {
                found = equal.lower(different.first());
            }
            return found == null ? -1 : found;
        }
    }
}
