package dev.incipit.nn.train;

/** Hears of the progress of training. */
public interface Listener {

  /** A listener that does nothing. */
  Listener NONE = new Listener() {};

  /**
   * A step is done.
   *
   * @param step number of the step since training began, from 1
   * @param epoch number of the epoch it belongs to, from 1
   * @param loss loss of its batch, before the step
   */
  default void onStep(long step, int epoch, float loss) {}

  /**
   * An epoch is done and evaluated.
   *
   * @param epoch what it brought
   */
  default void onEpoch(History.Epoch epoch) {}
}
