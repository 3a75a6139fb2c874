namespace Terminal.Tests.Ecr.Session;

/// <summary>A till refuses to hear again of a success; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class StandingDialogueTests
{
    [Fact]
    public void A_repeated_approval_that_is_refused_ends_with_what_stands() => Transcript.Check("""
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk approves
            040F 58 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
        till 8405 00
            < answered Refused
        desk closes-what-stands approves
            061E 23 6C06201F160253541F1718506169643A20746865207061796D656E74207374616E6473
        till 8000 00
            < closed True
        """);

    /// <summary>Asked for it more often than it said, an ECR that mirrors receipts hears 04 0F once more.</summary>
    [Fact]
    public void One_that_was_asked_for_too_often_is_not_approved_again_either() => Transcript.Check("""
        till 0601 0E 04000000001234 0200 06 03 1F1F 00
            8000 00
            < instructed EUR 12.34, own scanner, has receipt none
        desk approves
            040F 5F 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900 06051F1F02002A
        till 849C 00
            < answered Refused
        desk closes-what-stands approves
            040F 8E 276C 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F5F3506169643A20746865207061796D656E74207374616E64732E204F6E6C79206120726576
              657273616C2072657475726E732069742E 88004711 8BF0F7414C4950415900
              06251F1F02002A1F160253541F1718506169643A20746865207061796D656E74207374616E6473
        till 8000 00
            061E 23 6C06201F160253541F1718506169643A20746865207061796D656E74207374616E6473
        till 8000 00
            < closed True
        """);

    [Fact]
    public void So_do_a_return_and_an_end_of_day() => Transcript.Check("""
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk reverses
            040F 6C 2700 04000000001234 0B004712 37004711 0C030405 0D0102 1960 2900000001 870043 8A61
              3CF0F5F45265636569707420303034323A204555522031322E33342072657665727365642E205049
              443A32303236303130323030303030303031 88004712 8BF0F7414C4950415900
        till 8405 00
            < answered Refused
        desk closes-what-stands reverses
            061E 30 6C062D1F160253541F17255265636569707420303034323A2072657665727365642C20616E642069
              74207374616E6473
        till 8000 00
            < closed True
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk closes-the-period
            040F F3 2700 04000000017750
              60F0F5F3003000430000000000000000000000000000000000000000000000000000000000000000
              0000000000000000000013000000017750 0B004713 0C030405 0D0102 2900000001
              3CF1F5F7506572696F6420636C6F7365642E2053616C6573203137203230302E30302C2072657665
              7273616C7320312032302E30302C20726566756E6473203120322E35302C20746F74616C20455552
              203137372E35302E2047617465776179203139322E35302C2068656164206F666669636520313637
              2E3530203135382F3136302E20556E7265736F6C76656420322031352E30302C20676F6573206F6E 2E
        till 8405 00
            < answered Refused
        desk closes-what-stands closes-the-period
            061E 1F 6C061C1F160253541F171454686520706572696F6420697320636C6F736564
        till 8000 00
            < closed True
        """);
}
