using Terminal.Payments;

namespace Terminal.Tests.Tidy;

/// <summary>Each house rule finds what it is there to find, and lets the ordinary pass.</summary>
public sealed class RulesCanFail
{
    static SourceFile File(string text, string path = "Terminal/Ecr/Frame.cs") => new(path, text);

    static SourceFile Method(string method) =>
        File($"namespace Terminal.Ecr;\n\npublic sealed class Frame\n{{\n    int field = 1;\n\n    {method}\n}}\n");

    static string Lines(int count) => string.Concat(Enumerable.Repeat("        ;\n", count));

    [Fact]
    public void A_file_of_301_lines() =>
        Assert.Equal(["Terminal/Ecr/Frame.cs:301: 301 lines; 300 are allowed"], SizeRules.FileLength(File(Lines(301))));

    [Fact]
    public void A_file_of_300_lines_passes() => Assert.Empty(SizeRules.FileLength(File(Lines(300))));

    [Fact]
    public void A_line_of_121_columns() =>
        Assert.Equal(["Terminal/Ecr/Frame.cs:2: 121 columns; 120 are allowed"],
            SizeRules.LineLength(File("//\n" + new string('/', 121))));

    [Fact]
    public void A_block_of_71_lines() => Assert.Equal(["Terminal/Ecr/Frame.cs:7: a method of 71 lines; 70 are allowed"],
        SizeRules.MethodLength(Method($"void Long(int a)\n    {{\n{Lines(68)}    }}")));

    [Fact]
    public void A_block_of_70_lines_passes() =>
        Assert.Empty(SizeRules.MethodLength(Method($"void Long(int a)\n    {{\n{Lines(67)}    }}")));

    [Fact]
    public void A_row_table_of_101_lines_but_not_of_100()
    {
        static string Table(int rows) => "int Rows(int a) => a switch\n    {\n"
            + string.Concat(Enumerable.Repeat("        1 => 2,\n", rows)) + "    };";
        Assert.Empty(SizeRules.MethodLength(Method(Table(97))));
        Assert.Single(SizeRules.MethodLength(Method(Table(98))));
    }

    [Theory]
    [InlineData("void F(int a, int b, int c, int d, int e) { }")]
    [InlineData("[InlineData(1, 2)]\n    void F(int a, Map<int, (int, int)> b, int c, int d, int e) => X();")]
    [InlineData("(int A, int B) F(int a, (int, int) b, int c, int d, int e) => (1, 2);")]
    [InlineData("public Frame(int a, int b, int c, int d, int e) { }")]
    [InlineData("sealed class Inner(int a, int b, int c, int d, int e) { }")]
    public void Five_parameters(string method) => Assert.Single(SizeRules.ParameterCount(Method(method)));

    [Theory]
    [InlineData("void F(int a, Dictionary<int, (int, int)> b, int c, int d) { G(1, 2, 3, 4, 5); }")]
    [InlineData("sealed record Inner(int A, int B, int C, int D, int E);")]
    [InlineData("public override void F(int a, int b, int c, int d, int e) { }")]
    [InlineData("int x = G(1, 2, 3, 4, 5);")]
    [InlineData("int X { get; } = G(1, 2, 3, 4, 5);")]
    public void Four_parameters_records_overrides_and_calls_pass(string member) =>
        Assert.Empty(SizeRules.ParameterCount(Method(member)));

    [Theory]
    [InlineData("Terminal/Ecr/Frame.cs", "namespace Terminal.Acquirer;")]
    [InlineData("Terminal.Tests/Ecr/X.cs", "namespace Terminal.Ecr;")]
    [InlineData("Terminal.Tests/Sandbox/Ecr/X.cs", "namespace Terminal.Tests.Sandbox.Ecr;")]
    [InlineData("Terminal/Ecr/Frame.cs", "class Frame { }")]
    public void A_namespace_that_is_not_the_folder(string path, string text) =>
        Assert.Single(CodeRules.NamespaceIsFolder(File(text, path)));

    [Theory]
    [InlineData("Terminal/Ecr/Frame.cs", "namespace Terminal.Ecr;")]
    [InlineData("Terminal.Tests/Ecr/X.cs", "namespace Terminal.Tests.Ecr;")]
    [InlineData("Terminal.Tests/Sandbox/Ecr/X.cs", "namespace Sandbox.Ecr;")]
    [InlineData("Terminal/Program.cs", "Run();")]
    public void A_namespace_that_is_the_folder_passes(string path, string text) =>
        Assert.Empty(CodeRules.NamespaceIsFolder(File(text, path)));

    [Theory]
    [InlineData("async void F() { }")]
    [InlineData("Task f;")]
    [InlineData("var t = DateTime.UtcNow;")]
    [InlineData("DateTimeOffset t;")]
    [InlineData("TimeProvider t;")]
    [InlineData("var r = new Random();")]
    [InlineData("ILogger log;")]
    [InlineData("using System.IO;")]
    [InlineData("using System.Net.Http;")]
    [InlineData("using Terminal.Journal;")]
    [InlineData("var g = Guid.NewGuid();")]
    public void Impurity_in_the_core(string code) => Assert.Single(CodeRules.Purity(File(code)));

    [Theory]
    [InlineData("// a Task, at some DateTime\nusing Terminal.Payments;\nvar s = \"Random\";")]
    [InlineData("TimeSpan span; Moment now;")]
    public void Purity_passes(string code) => Assert.Empty(CodeRules.Purity(File(code)));

    [Fact]
    public void The_core_in_the_model() =>
        Assert.Single(CodeRules.Independence(File("// Terminal.Payments\nTerminal.Payments.Tally sales;")));

    [Fact]
    public void The_codec_in_the_till() =>
        Assert.Single(CodeRules.OwnCodec(File("// Apdu.Read\nvar a = Apdu.Accept; StatusFields fields;")));

    [Theory]
    [InlineData("Terminal/Device/Clocks.cs", "using Terminal.Payments;", "Device knows Payments")]
    [InlineData("Terminal/Journal/Log/Frame.cs", "using static Terminal.Ecr.Crc;", "Journal knows Ecr.Crc")]
    [InlineData("Terminal/Panel/Words/Wording.cs", "using Terminal.Device;", "Panel.Words knows Device")]
    [InlineData("Terminal/Ecr/Frame.cs", "var x = Terminal.Panel.Cues.Cue.None;", "Ecr knows Panel.Cues.Cue.None")]
    [InlineData("Terminal/Ecr/Frame.cs", "void F(Health health) { }", "Ecr knows Health")]
    [InlineData("Terminal/Attic/Frame.cs", "", "Attic has no arrows; give it some")]
    public void An_arrow_the_wrong_way(string path, string code, string problem) => Assert.Equal(
        [$"{path}:1: {problem}"], Arrows.Against(new(path, code), new HashSet<string>(["Health"])));

    [Theory]
    [InlineData("Terminal/Panel/Devices/Window.cs", "using Terminal.Panel.Words;\nusing Terminal.Payments;")]
    [InlineData("Terminal/Ecr/Frame.cs", "namespace Terminal.Ecr;\nTerminal.Scanner.X x; x.Health(); // Terminal.No")]
    [InlineData("Terminal/Composition.cs", "using Terminal.Ecr;\nHealth health;")]
    public void An_arrow_that_may_be(string path, string code) =>
        Assert.Empty(Arrows.Against(new(path, code), new HashSet<string>(["Health"])));

    [Fact]
    public void An_interface_that_is_no_seam() =>
        Assert.Equal(["Terminal/Ecr/Frame.cs:1: IFrame is no seam; use the type itself"],
            CodeRules.Interfaces(File("interface IFrame { }\ninterface IEcr { }")));

    [Theory]
    [InlineData("class FrameManager { }")]
    [InlineData("record struct LineInfo(int A);")]
    [InlineData("class ServiceBus { }")]
    [InlineData("abstract class FrameBase { }")]
    public void An_empty_word_in_a_type_name(string code) => Assert.Single(CodeRules.BannedWords(File(code)));

    [Theory]
    [InlineData("class Database { }")]
    [InlineData("class Information { }")]
    public void Words_that_only_begin_or_end_alike_pass(string code) => Assert.Empty(CodeRules.BannedWords(File(code)));

    [Fact]
    public void A_type_named_like_a_folder() => Assert.Single(
        CodeRules.NotNamedLikeAFolder(File("public sealed class Ecr { }"), new HashSet<string> { "Ecr" }));

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    public void A_test_that_waits(string code) => Assert.Single(CodeRules.Sleeps(File(code)));

    [Fact]
    public void Waiting_on_a_given_clock_passes() =>
        Assert.Empty(CodeRules.Sleeps(File("await Task.Delay(span, time, cancel);")));

    [Fact]
    public void A_skipped_test() =>
        Assert.Single(CodeRules.SkippedTests(File("[Fact(Skip = \"later\")]\nlist.Skip(1); x.Skip == 2")));

    [Fact]
    public void A_path_of_one_machine() =>
        Assert.Single(TreeRules.MachinePaths(File("at /" + "home/somebody/x, not /var/lib/x, not a/home/b")));

    [Fact]
    public void A_package_registry() => Assert.Single(TreeRules.Registries(File("https://api.nuget" + ".org/v3")));

    [Fact]
    public void A_stray_file_at_the_top_level() => Assert.Equal(["notes.txt: does not belong at the top level"],
        TreeRules.OnlyTheKnownTopLevel(["Terminal", ".gitignore", "Directory.Build.props", "artifacts", "notes.txt"]));

    [Fact]
    public void A_native_call() => Assert.Single(CodeRules.NativeCalls(Method("[LibraryImport(\"libc\")] int F();")));

    [Theory]
    [InlineData("object F() => new GpioController();")]
    [InlineData("object F() => new GpioController(new RaspberryPi3Driver());")]
    public void A_line_past_the_kernel(string method) => Assert.Single(CodeRules.GpioPastTheKernel(Method(method)));

    [Theory]
    [InlineData("<PackageVersion Include=\"A\" Version=\"1\" />", 1)]
    [InlineData("<!-- 2023-05, none known. -->\n<PackageVersion Include=\"A\" Version=\"1\" />", 1)]
    [InlineData("<!-- 2023-05, older than 2024: why. -->\n<PackageVersion Include=\"A\" Version=\"1\" />", 0)]
    [InlineData("<!-- 2025-05, none known. -->\n<PackageVersion Include=\"A\" Version=\"1\" />", 0)]
    public void A_package_without_its_date(string text, int findings) =>
        Assert.Equal(findings, TreeRules.Packages(File(text)).Count());

    [Theory]
    [InlineData("public sealed class Till;", 1)]
    [InlineData("public readonly record struct Till(int A);", 1)]
    [InlineData("sealed class Till\n{\n    public int A;\n}", 0)]
    [InlineData("public enum Till { A }", 0)]
    public void A_public_type_of_the_program(string type, int findings) =>
        Assert.Equal(findings, CodeRules.PublicTypes(File($"namespace Terminal.Ecr;\n\n{type}\n")).Count());

    [Fact]
    public void A_name_of_two_types()
    {
        SourceFile[] files =
        [
            File("namespace Terminal.Ecr;\n\nsealed class Frame\n{\n    enum Part { A }\n}\n"),
            File("namespace Terminal.Journal;\n\nreadonly record struct Frame(int A);\nenum Part { A }\n"),
        ];
        Assert.Equal(2, CodeRules.SharedNames(files).Count());
    }
}
