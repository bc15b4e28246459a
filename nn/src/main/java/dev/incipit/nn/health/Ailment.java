package dev.incipit.nn.health;

/** What may be wrong with a network before its first step. */
public enum Ailment {
  /** A weight, a signal or a gradient is infinite or NaN. */
  NOT_FINITE,
  /** Nothing arrives at a layer, or no gradient leaves the loss: products with zero. */
  NO_SIGNAL,
  /** Units of a layer have equal weights, incoming and outgoing, and can only learn the same. */
  SYMMETRY,
  /** Activations shrink from layer to layer. */
  SHRINKING_ACTIVATIONS,
  /** Activations grow from layer to layer. */
  GROWING_ACTIVATIONS,
  /** Gradients shrink from layer to layer, on their way to the input. */
  SHRINKING_GRADIENTS,
  /** Gradients grow from layer to layer, on their way to the input. */
  GROWING_GRADIENTS,
  /** More units than chance explains give one number for all rows: they are off, or stuck. */
  DEAD_UNITS,
  /** Most outputs of a bounded activation lie at its ends, where it is flat. */
  SATURATION,
  /** A bounded activation sees so little that it is a straight line. */
  LINEARITY
}
