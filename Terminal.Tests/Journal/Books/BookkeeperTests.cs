using Terminal.Journal.Books;

namespace Terminal.Tests.Journal.Books;

/// <summary>Whatever happens to the books, they answer as the log says or not at all, and are made anew.</summary>
public sealed class BookkeeperTests : BookkeeperScene
{
    [Fact]
    public void Books_that_are_not_there_are_made_and_say_so_in_one_line()
    {
        var log = new Records(payments: 300);
        using var keeper = Keeper(log);
        Assert.False(keeper.TryAsk(0, b => b.Find(""), out _));

        keeper.Work();

        Assert.Equal(["books: made anew from the log: a file of theirs is missing"], said);
        Check(keeper, log);
    }

    [Fact]
    public void The_next_start_takes_only_what_is_new_and_says_nothing()
    {
        var log = new Records(payments: 300);
        Make(log);
        log.Add(10);
        log.ReadFrom.Clear();
        using var keeper = Keeper(log);

        keeper.Work();

        Assert.Equal([1200, 1201, 1217, 1233, 1241], log.ReadFrom);
        Assert.Empty(said);
        Check(keeper, log);
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void A_long_journal_shows_how_far_they_are()
    {
        var log = new Records(payments: 14_000);
        using var keeper = Keeper(log);
        Assert.Equal("0 of 56,000 entries", keeper.Progress);

        keeper.Work();

        Assert.Null(keeper.Progress);
        Assert.Equal(3, said.Count);
        Assert.Equal("books: 50,000 of 56,000 entries", said[1]);
        Assert.Equal("books: complete, 56,000 entries", said[2]);
    }

    [Fact]
    public void A_question_beyond_them_is_not_answered()
    {
        var log = new Records(payments: 10);
        using var keeper = Keeper(log);
        keeper.Work();
        log.Add(1);

        Assert.True(keeper.TryAsk(40, b => b.Find(""), out _));
        Assert.False(keeper.TryAsk(44, b => b.Find(""), out _));
    }

    [Fact]
    public void What_the_log_dropped_they_drop()
    {
        var log = new Records(payments: 300);
        using var keeper = Keeper(log);
        keeper.Work();
        log.Dropped = new(800, log.Read(800, 1)[0].Entry.Hash);

        keeper.Work();

        Check(keeper, log);
        Assert.Single(said);
    }

    public static TheoryData<string> Harm =>
        [.. PageFile.Names.SelectMany(name => Ruins.Keys.Select(how => $"{name} {how}"))];

    static readonly Dictionary<string, Action<string>> Ruins = new()
    {
        ["deleted"] = File.Delete,
        ["empty"] = path => File.WriteAllBytes(path, []),
        ["cut"] = path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5000]),
        ["zeros"] = path => File.WriteAllBytes(path, new byte[new FileInfo(path).Length]),
        ["garbage"] = path =>
        {
            var bytes = new byte[1 << 20];
            new Random(1).NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
        },
        ["a text"] = path => File.WriteAllText(path, "shopping list"),
        ["huge"] = path =>
        {
            using var file = File.OpenWrite(path);
            file.SetLength(1L << 40);
        },
        ["a folder"] = path =>
        {
            File.Delete(path);
            Directory.CreateDirectory(Path.Combine(path, "with", "more"));
        },
        ["a dangling link"] = path =>
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, "/nowhere/at/all");
        },
        ["a link to a device"] = path =>
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, "/dev/zero");
        },
    };

    [Theory]
    [MemberData(nameof(Harm))]
    public void Whatever_lies_in_the_place_of_a_file_the_answers_are_right(string harm)
    {
        var log = new Records(payments: 200);
        Make(log);
        var name = harm[..harm.IndexOf(' ')];
        Ruins[harm[(name.Length + 1)..]](PathOf(name));
        using var keeper = Keeper(log);

        keeper.Work();

        Check(keeper, log);
        Assert.InRange(said.Count(s => s.StartsWith("books: made anew", StringComparison.Ordinal)), 0, 1);
    }

    [Fact]
    public void An_old_copy_of_them_is_taken_further()
    {
        var log = new Records(payments: 100);
        Make(log);
        var old = PageFile.Names.ToDictionary(n => n, n => File.ReadAllBytes(PathOf(n)));
        log.Add(100);
        Make(log);
        foreach (var (name, bytes) in old)
        {
            File.WriteAllBytes(PathOf(name), bytes);
        }
        using var keeper = Keeper(log);

        keeper.Work();

        Assert.Empty(said);
        Check(keeper, log);
    }

    [Fact]
    public void An_old_copy_that_lacks_what_the_log_dropped_is_made_anew()
    {
        var log = new Records(payments: 100);
        Make(log);
        log.Add(100);
        log.Dropped = new(600, log.Read(600, 1)[0].Entry.Hash);
        using var keeper = Keeper(log);

        keeper.Work();

        Assert.Equal(["books: made anew from the log: they end with entry 400, which the log does not have"], said);
        Check(keeper, log);
    }

    [Fact]
    public void Books_of_a_log_that_went_another_way_are_made_anew()
    {
        Make(new(payments: 100, first: 101)); // The same epoch, another beginning.
        var log = new Records(payments: 300);
        using var keeper = Keeper(log);

        keeper.Work();

        Assert.Equal(["books: made anew from the log: their entry 500 is not that of the log"], said);
        Check(keeper, log);
    }

    [Fact]
    public void Books_that_know_more_than_the_log_are_made_anew()
    {
        Make(new(payments: 100));
        var log = new Records(payments: 50);
        using var keeper = Keeper(log);

        keeper.Work();

        Assert.Single(said);
        Check(keeper, log);
    }
}
