package dev.incipit.lab.experiment;

import dev.incipit.init.He;
import dev.incipit.init.Initializer;
import dev.incipit.init.LeCun;
import java.util.Locale;

/** The two initializations that the main job compares. */
public enum Contestant {
  /** Variance 2 / fan in. */
  HE("He"),

  /**
   * Variance 1 / fan in: what He et al. compare with under this name. At equal widths it is Glorot
   * and Bengio's 2 / (in + out).
   */
  XAVIER("Xavier");

  private final String title;

  Contestant(String title) {
    this.title = title;
  }

  /** Return the name for people. */
  public String title() {
    return title;
  }

  /** Return the name in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Return the initializer of all weights; biases are 0. */
  public Initializer weights() {
    return switch (this) {
      case HE -> He.normal();
      case XAVIER -> LeCun.normal();
    };
  }
}
