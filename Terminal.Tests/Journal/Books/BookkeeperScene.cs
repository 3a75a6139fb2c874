using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Books;

/// <summary>Books in a folder, and what is said of them.</summary>
public abstract class BookkeeperScene : IDisposable
{
    private protected readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bookkeeper-");
    private protected readonly ManualTime time = new();
    private protected readonly List<string> said = [];

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string PathOf(string name) => Path.Combine(folder.FullName, name);

    private protected Bookkeeper Keeper(Records log) => new(new FolderDisk(folder.FullName), log.View, new Clock(time))
    {
        Report = (_, text) => said.Add(text),
    };

    private protected void Make(Records log)
    {
        using (var keeper = Keeper(log))
        {
            keeper.Work();
        }
        said.Clear();
    }

    /// <summary>A question that met damage has them made anew; after that everything is right.</summary>
    private protected static void Check(Bookkeeper keeper, Records log)
    {
        for (var round = 0; round < 2; round++)
        {
            if (keeper.TryAsk(log.Last, b =>
            {
                BooksFileTests.Check(b, log);
                return true;
            }, out _))
            {
                return;
            }
            keeper.Work();
        }
        Assert.Fail("they do not answer");
    }
}
