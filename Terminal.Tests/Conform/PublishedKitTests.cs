using System.Diagnostics;
using System.Text.Json.Nodes;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Conform;

/// <summary>The integrators' kit goes wherever the program goes.</summary>
public sealed class PublishedKitTests
{
    [Fact]
    public void Every_page_of_the_kit_is_published_in_its_folder()
    {
        // What "dotnet publish" would copy, without copying it.
        string[] words =
        [
            "msbuild", Repository.PathOf("Terminal/Terminal.csproj"), "-nologo", "-p:Configuration=Release",
            "-t:ComputeResolvedFilesToPublishList", "-getItem:ResolvedFileToPublish",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, answer);

        var published = JsonNode.Parse(answer)!["Items"]!["ResolvedFileToPublish"]!.AsArray()
            .Select(item => (string)item!["RelativePath"]!).Where(p => p.StartsWith("ecr-kit/"));
        var pages = Directory.GetFiles(Repository.PathOf("deploy/ecr-kit"))
            .Select(p => $"ecr-kit/{Path.GetFileName(p)}");
        Assert.Equal(pages.Order(), published.Order());
    }
}
