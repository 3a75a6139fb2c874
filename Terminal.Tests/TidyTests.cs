using Terminal.Tests.Tidy;

namespace Terminal.Tests;

/// <summary>The house rules, as far as a machine can tell.</summary>
public sealed class TidyTests
{
    /// <summary>Files of the sandbox that wait for real time: a process of its own, a slow line.</summary>
    static readonly HashSet<string> MayWait =
        [
            "Terminal.Tests/Sandbox/Bench/IdleTrial.cs", "Terminal.Tests/Sandbox/Bench/LineTrial.cs",
            "Terminal.Tests/Sandbox/Conform/Probe.cs", "Terminal.Tests/Sandbox/Demo/Shop.cs",
            "Terminal.Tests/Sandbox/Ecr/PacedLine.cs",
        ];

    static readonly string[] JudgingTill = ["Ecr", "Conform", "Demo", "KillTest"];

    static IEnumerable<SourceFile> Product =>
        Repository.Sources.Where(f => f.Path.StartsWith("Terminal/", StringComparison.Ordinal));

    static SourceFile Page => Repository.Texts.Single(f => f.Path == ArchitecturePage.Path);

    [Fact]
    public void Files_have_at_most_300_lines() => Check(SizeRules.FileLength);

    [Fact]
    public void Lines_have_at_most_120_columns() => Check(SizeRules.LineLength);

    [Fact]
    public void Methods_have_at_most_70_lines_and_row_tables_100() => Check(SizeRules.MethodLength);

    [Fact]
    public void Methods_have_at_most_four_parameters() => Check(SizeRules.ParameterCount);

    [Fact]
    public void The_namespace_is_the_folder() => Check(CodeRules.NamespaceIsFolder);

    [Fact]
    public void The_payment_core_is_pure()
    {
        var core = Repository.Sources.Where(IsCore).ToList();
        Assert.True(core.Count >= 35, $"{core.Count} files");
        Check(core.SelectMany(CodeRules.Purity));
    }

    [Fact]
    public void The_model_of_the_simulation_shares_nothing_with_the_payment_core()
    {
        var model = Repository.Sources.Where(IsModel).ToList();
        Assert.True(model.Count >= 8, $"{model.Count} files");
        Check(model.SelectMany(CodeRules.Independence));
    }

    [Fact]
    public void The_till_that_judges_shares_no_frame_or_field_code_with_the_terminal()
    {
        var till = Repository.Sources.Where(IsTill).ToList();
        Assert.True(till.Count >= 40, $"{till.Count} files");
        Check(till.SelectMany(CodeRules.OwnCodec));
    }

    [Fact]
    public void Arrows_between_folders_go_one_way()
    {
        var door = Product.Where(f => f.Folder == "Terminal" && f.Name != "Clock.cs")
            .Select(f => f.Name[..^".cs".Length]).ToHashSet();
        Assert.Empty(Arrows.Circles());
        Check(Product.SelectMany(f => Arrows.Against(f, door)));
    }

    [Fact]
    public void Links_of_pages_lead_somewhere()
    {
        var pages = Repository.Texts.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
            .ToDictionary(f => f.Path);
        Check(pages.Values.SelectMany(p => PageLinks.Broken(p, pages, at => Path.Exists(Repository.PathOf(at)))));
    }

    [Fact]
    public void The_architecture_page_has_a_row_for_every_folder() => Check(ArchitecturePage.Folders(Page, Product));

    [Fact]
    public void What_the_architecture_page_names_is_there() => Check(ArchitecturePage.Names(Page, Product));

    [Fact]
    public void The_glossary_holds_the_names_of_types()
    {
        var types = Product.SelectMany(CodeRules.Types).Select(t => t.Name).ToHashSet();
        Check(ArchitecturePage.Types(Page, types));
        Check(Product.SelectMany(f => ArchitecturePage.OtherWords(Page, f)));
    }

    [Fact]
    public void Interfaces_are_seams() => Check(CodeRules.Interfaces);

    [Fact]
    public void Native_calls_are_made_in_one_place() =>
        Check(Product.Where(f => f.Folder != "Terminal/Device").SelectMany(CodeRules.NativeCalls));

    [Fact]
    public void Types_of_the_program_are_internal() => Check(Product.SelectMany(CodeRules.PublicTypes));

    [Fact]
    public void No_two_types_share_a_name() => Check(CodeRules.SharedNames(Repository.Sources));

    [Fact]
    public void No_line_is_taken_past_the_kernel() => Check(CodeRules.GpioPastTheKernel);

    [Fact]
    public void Every_package_has_its_date_and_what_is_known_against_it() =>
        Check(TreeRules.Packages(Repository.Texts.Single(f => f.Path == "Directory.Packages.props")));

    [Fact]
    public void No_type_is_named_like_a_folder_of_its_program() =>
        Check(f => CodeRules.NotNamedLikeAFolder(f, Repository.FoldersAround(f)));

    [Fact]
    public void Type_names_use_no_empty_words() => Check(CodeRules.BannedWords);

    [Fact]
    public void Tests_do_not_wait_for_real_time() => Check(
        Repository.Sources.Where(f => IsTest(f) && !MayWait.Contains(f.Path)).SelectMany(CodeRules.Sleeps));

    [Fact]
    public void Only_files_that_wait_are_allowed_to() => Check(
        MayWait.Where(path => !Repository.Sources.Any(f => f.Path == path && CodeRules.Sleeps(f).Any())));

    [Fact]
    public void No_test_is_skipped() => Check(Repository.Sources.Where(IsTest).SelectMany(CodeRules.SkippedTests));

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Check(Repository.Texts.SelectMany(TreeRules.MachinePaths));

    [Fact]
    public void No_file_names_a_package_registry() => Check(Repository.Texts.SelectMany(TreeRules.Registries));

    [Fact]
    public void The_top_level_holds_what_belongs_there() => Check(TreeRules.OnlyTheKnownTopLevel(Repository.TopLevel));

    static bool IsTest(SourceFile file) => file.Path.StartsWith("Terminal.Tests/", StringComparison.Ordinal);

    static bool IsCore(SourceFile file) =>
        $"{file.Folder}/".StartsWith("Terminal/Payments/", StringComparison.Ordinal);

    static bool IsModel(SourceFile file) => file.Folder == "Terminal.Tests/Sandbox/Simulation/Model";

    static bool IsTill(SourceFile file) => JudgingTill.Any(
        folder => file.Folder.StartsWith($"Terminal.Tests/Sandbox/{folder}", StringComparison.Ordinal));

    static void Check(Func<SourceFile, IEnumerable<string>> rule) => Check(Repository.Sources.SelectMany(rule));

    static void Check(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
