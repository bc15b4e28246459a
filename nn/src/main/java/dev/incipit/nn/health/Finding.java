package dev.incipit.nn.health;

/**
 * Something wrong, and what to do.
 *
 * @param ailment what kind of thing
 * @param layer number of the layer that shows it first, from 1
 * @param advice a sentence for people: where, what, why, remedy
 */
public record Finding(Ailment ailment, int layer, String advice) {

  /** Return the sentence. */
  @Override
  public String toString() {
    return advice;
  }
}
