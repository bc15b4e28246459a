package dev.incipit.nn.io;

import dev.incipit.init.CustomInitializer;
import dev.incipit.init.Family;
import dev.incipit.init.FamilyProvider;
import dev.incipit.init.text.Arguments;
import dev.incipit.nn.data.DataException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Brings {@link Pretrained} into the catalogue of initializers, which finds it as a service. */
public final class PretrainedFamily implements FamilyProvider {

  static final Family FAMILY =
      new Family(
          "pretrained",
          List.of(
              Family.Parameter.required("file"),
              Family.Parameter.required("name"),
              Family.Parameter.optional("layout", Layout.AUTOMATIC.toString())),
          "the numbers of a tensor in a safetensors file",
          "the file; the format: https://github.com/huggingface/safetensors");

  /** Create the provider; the service loader does. */
  public PretrainedFamily() {}

  @Override
  public Family family() {
    return FAMILY;
  }

  @Override
  public CustomInitializer make(Arguments arguments) {
    String file = arguments.text("file");
    Layout layout = arguments.choice("layout", Layout.values());
    try {
      return Pretrained.of(Path.of(file), arguments.text("name"), layout);
    } catch (InvalidPathException e) {
      throw new DataException(
          "pretrained: file must be a path, but got %s; correct it".formatted(Refusal.quote(file)),
          e);
    }
  }
}
