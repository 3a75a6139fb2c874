using System.Reflection;
using System.Text.RegularExpressions;
using Terminal.Panel.Words;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Panel;

/// <summary>The table of codes is neither longer nor shorter than what the program shows.</summary>
public sealed class FieldCodesTests
{
    static readonly FieldInfo[] Declared = [.. typeof(FieldCodes).GetFields(BindingFlags.Public | BindingFlags.Static)];

    public static TheoryData<string> Names => [.. Declared.Select(f => f.Name)];

    [Fact]
    public void The_table_holds_every_code_once()
    {
        Assert.Equal(Declared.Select(f => (FieldCode)f.GetValue(null)!), FieldCodes.All);
        Assert.Equal(FieldCodes.All.Count, FieldCodes.All.Select(c => c.Code).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_code_is_raised_somewhere(string name)
    {
        var use = new Regex($@"\bFieldCodes\.{name}\b(?!\.Code\b)");
        Assert.Contains(
            Directory.EnumerateFiles(Repository.PathOf("Terminal"), "*.cs", SearchOption.AllDirectories),
            file => use.IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void The_runbook_has_the_table() =>
        Assert.Contains(FieldCodes.Table(Language.English), File.ReadAllText(Repository.PathOf("deploy/README.md")));
}
