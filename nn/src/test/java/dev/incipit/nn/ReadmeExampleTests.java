package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples are compiled as they stand there, run, and do what they promise. */
final class ReadmeExampleTests {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  /** What each block prints, in the order of the page. */
  private static final List<String> PRINTED =
      List.of(
          "accuracy 1.0",
          """
          4 of 4 parameters loaded from out/net.safetensors, layout ours
            loaded       dense1.weight [2, 16] from dense1.weight F32 [2, 16]
            loaded       dense1.bias [16] from dense1.bias F32 [16]
            loaded       dense2.weight [16, 10] from dense2.weight F32 [16, 10]
            loaded       dense2.bias [10] from dense2.bias F32 [10]
          Dense[2, 16] relu, frozen
          Dense[16, 3] identity
          51 parameters, 48 frozen""",
          """
          layer 11 (dense11.weight): activations shrink by 0.71 a layer, 7.0e-06 in all: Xavier under\
           relu; use he-normal
          layer 21 (dense21.weight): gradients shrink by 0.72 a layer towards the input, 2.3e-05 in\
           all: Xavier under relu; use he-normal
          true""");

  @Test
  void compileRunAndPrintWhatTheyPromise(@TempDir Path folder) throws Exception {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../README.md")));
    for (int i = 0; i < PRINTED.size(); i++) {
      assertTrue(block.find(), "README.md has fewer Java blocks than this test knows");
      String name = "Example" + i;
      Path source = Files.writeString(folder.resolve(name + ".java"), block.group(1));
      compile(source, folder);
      assertEquals(PRINTED.get(i), run(folder, name).strip());
    }
    assertFalse(block.find(), "README.md has a Java block that nothing tests");
  }

  /** Compile against the modules that this very process runs. */
  private static void compile(Path source, Path classes) {
    StringWriter messages = new StringWriter();
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                "-proc:none",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--add-modules",
                "dev.incipit.nn",
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, status, messages.toString());
  }

  private static String run(Path classes, String name) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
      Class<?> example = loader.loadClass(name);
      Constructor<?> constructor = example.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = example.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    } finally {
      System.setOut(before);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
